"""The pages themselves: what a browser loads before anybody has signed in. They hold no data of anybody."""
