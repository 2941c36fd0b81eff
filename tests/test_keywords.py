"""Which modules are read where `-k` asks for some tests."""

from __future__ import annotations

import pytest

pytest_plugins = ["pytester"]
WITHOUT_HYPOTHESIS = ("-p", "no:hypothesispytest")  # it is imported anew each time, for a second
PLAIN = "def test_a_door(): pass"
ELSEWHERE = """
import pytest
import words
@pytest.mark.parametrize("word", words.WORDS)
def test_each(word): pass
"""
GARDEN = """
import pytest
print("read", "test_garden")
@pytest.mark.parametrize("name", ["Ñandú"])
def test_bird(name): pass
"""


@pytest.fixture
def run(pytester):
    """Runs the tests of a folder that has three modules; asks which of them were read."""
    pytester.makepyfile(words="WORDS = ['roof', 'cellar']")
    modules = {"test_doors": PLAIN, "test_elsewhere": ELSEWHERE}
    pytester.makepyfile(**{name: f"print('read', __name__)\n{t}" for name, t in modules.items()})
    pytester.mkpydir("house")
    pytester.path.joinpath("house/conftest.py").write_text("print('read', 'conftest')")
    pytester.path.joinpath("house/test_garden.py").write_text(GARDEN)

    def running(*args):
        result = pytester.runpytest("-s", "-p", "tests.keywords", *WITHOUT_HYPOTHESIS, *args)
        read = {line.split()[1] for line in result.outlines if line.startswith("read ")}
        return read, result.parseoutcomes().get("passed", 0)

    return running


ALL = {"test_doors", "test_elsewhere", "conftest", "test_garden"}


def test_the_first_time_all_are_read(run):
    assert run("-k", "door") == (ALL, 1)


def test_all_are_read_each_time_where_nothing_is_asked(run):
    for arguments in ((), (), ("-k", ""), ("-k", " ")):
        assert run(*arguments) == (ALL, 4), arguments


def test_later_those_that_may_have_such_names(run):
    run()
    for words, read, passed in (
        ("door", {"test_doors"}, 1),
        ("DOOR and not_there", set(), 0),
        ("garden", {"conftest", "test_garden"}, 1),
        ("\\xd1and\\xfa", {"conftest", "test_garden"}, 1),
        ("a_door or bird", {"test_doors", "conftest", "test_garden"}, 2),
        ("cellar", set(), 1),
        ("not door", ALL, 3),
    ):
        assert run("-k", words) == (read | {"test_elsewhere"}, passed), words


def test_what_changed_is_read_again(run, pytester):
    run()
    pytester.makepyfile(
        test_doors=f"print('read', __name__)\nfrom test_elsewhere import *\n{PLAIN}"
    )
    assert run("-k", "cellar") == ({"test_doors", "test_elsewhere"}, 2)


def test_all_are_read_where_nothing_is_kept(run):
    run()
    assert run("-k", "door", "-p", "no:cacheprovider") == (ALL, 1)
