"""Reading the feed's files: forms accepted, mistakes named by place."""

from __future__ import annotations

from pathlib import Path

import pytest

from sozialakte.register.csv_files import Problem, read_csv
from sozialakte.shared.texts import say

COLUMNS = ("id", "name")


def written(folder: Path, content: str | bytes) -> Path:
    """A file of the feed."""
    path = folder / "staff.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    "content",
    [
        "id;name\n1;Müller\n",
        "id,name\r\n1,Müller\r\n",
        "\ufeffid;name\r\n1;Müller",
        'name;id\n"Müller";1\n',
        "id ; name\n\n 1 ; Müller \n;\n",
    ],
)
def test_every_usual_form_is_read(tmp_path: Path, content: str) -> None:
    file = read_csv(written(tmp_path, content), COLUMNS)
    assert [dict(row.values) for row in file.rows] == [{"id": "1", "name": "Müller"}]
    assert file.problems == ()


@pytest.mark.parametrize("content", ["id;name;town\n1;Müller;\n", "town;id;name\n;1;Müller\n", "id;name\n1;Müller\n"])
def test_an_optional_column_that_is_left_out_is_empty(tmp_path: Path, content: str) -> None:
    file = read_csv(written(tmp_path, content), COLUMNS, optional=("town",))
    assert [dict(row.values) for row in file.rows] == [{"id": "1", "name": "Müller", "town": ""}]


def test_an_optional_column_comes_once(tmp_path: Path) -> None:
    file = read_csv(written(tmp_path, "id;town;name;town\n"), COLUMNS, optional=("town",))
    assert [(problem.column, problem.rule.code) for problem in file.problems] == [("town", "import.column_twice")]


def test_rows_know_their_line_even_after_a_field_of_several_lines(tmp_path: Path) -> None:
    file = read_csv(written(tmp_path, 'id;name\n1;"a\nb"\n\n2;c\n'), COLUMNS)
    assert [row.line for row in file.rows] == [2, 5]


@pytest.mark.parametrize(
    ("content", "line", "column", "code"),
    [
        ("id;name\n1;M\u00fcller\n".encode("cp1252"), 2, "", "import.not_utf8"),
        ("id;name\n".encode("utf-16"), 1, "", "import.not_utf8"),
        ("", 1, "", "import.no_header"),
        ("\n\n", 1, "", "import.no_header"),
        ("id\n1\n", 1, "name", "import.column_missing"),
        ("id;name;id\n", 1, "id", "import.column_twice"),
        ("id;name;note\n", 1, "#3", "import.column_unknown"),
        ("id;name\n1;a;b\n", 2, "", "import.field_count"),
        ("id;name\n1\n", 2, "", "import.field_count"),
        ('id;name\n1;a\n2;"b\n', 3, "", "import.broken_quotes"),
        ('id;name\n1;"a"b\n', 2, "", "import.broken_quotes"),
    ],
)
def test_mistakes_are_named_by_line_and_column(
    tmp_path: Path, content: str | bytes, line: int, column: str, code: str
) -> None:
    problem = only(read_csv(written(tmp_path, content), COLUMNS).problems)
    assert (problem.file, problem.line, problem.column, problem.rule.code) == ("staff.csv", line, column, code)
    assert say(problem.rule)


def test_a_file_without_header_does_not_show_its_first_person(tmp_path: Path) -> None:
    problems = read_csv(written(tmp_path, "7569217076985;Muster\n"), COLUMNS).problems
    assert problems
    assert not any("Muster" in f"{problem}{say(problem.rule)}" for problem in problems)


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    assert only(read_csv(tmp_path / "staff.csv", COLUMNS).problems).rule.code == "import.file_missing"


def test_one_broken_row_does_not_hide_the_others(tmp_path: Path) -> None:
    file = read_csv(written(tmp_path, "id;name\n1;a;x\n2;b\n3\n"), COLUMNS)
    assert [row.values["id"] for row in file.rows] == ["2"]
    assert [problem.line for problem in file.problems] == [2, 4]


def only(problems: tuple[Problem, ...]) -> Problem:
    """The one problem."""
    (problem,) = problems
    return problem
