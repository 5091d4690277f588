"""Pabulib files as they come, and what is said of those that are wrong."""

from __future__ import annotations

import pytest

from assessment.domain.allocation import Rules, allocate
from assessment.domain.pabulib import (
    PabulibElection,
    PabulibError,
    read_pabulib,
    write_pabulib,
)
from assessment.domain.pabulib_problem import free_of_charge, problem_of_election

HEAD = "META\nkey;value\ndescription;A village\nbudget;{budget}\nvote_type;{kind}\n{more}"
PROJECTS = "PROJECTS\nproject_id;cost;name\na;100;Bench\nb;50.5;Lamp\nc;20;Tree\n"


def election(
    votes: str,
    *,
    kind: str = "approval",
    more: str = "",
    projects: str = PROJECTS,
    budget: str = "150",
) -> PabulibElection:
    head = HEAD.format(budget=budget, kind=kind, more=more)
    return read_pabulib(f"{head}{projects}VOTES\n{votes}")


def points(read: PabulibElection) -> dict[str, int]:
    problem = problem_of_election(read, Rules("greedy"))
    return {option.key: option.votes for option in problem.options}


class TestKindsOfVote:
    def test_approval(self) -> None:
        read = election("voter_id;vote\n1;a,b\n2; b , a \n3;\n4;c")
        assert (read.ballots, points(read)) == (4, {"a": 2, "b": 2, "c": 1})
        assert read.profile == ((1, ()), (2, (("a", 1), ("b", 1))), (1, (("c", 1),)))

    def test_a_project_named_twice_counts_once_and_is_told(self) -> None:
        read = election("voter_id;vote\n1;a,a,b")
        assert points(read) == {"a": 1, "b": 1, "c": 0}
        assert read.warnings == (
            "1 votes name a project twice, which counts once; the first stands on line 13",
        )

    def test_choose_one(self) -> None:
        assert points(election("voter_id;vote\n1;a\n2;a\n3;", kind="choose-1"))["a"] == 2
        with pytest.raises(PabulibError, match="line 13: the vote names 2 projects"):
            election("voter_id;vote\n1;a,b", kind="choose-1")

    def test_cumulative_and_scoring_have_points_also_parts_of_them(self) -> None:
        read = election("voter_id;vote;points\n1;a,b;2.5,1\n2;a;0.5", kind="cumulative")
        assert (read.points_scale, points(read)) == (10, {"a": 30, "b": 10, "c": 0})
        below = election("voter_id;points;vote\n1;-2,3;a,b", kind="scoring")
        assert points(below) == {"a": -2, "b": 3, "c": 0}

    def test_a_default_score_is_for_who_is_not_named(self) -> None:
        more = "default_score;2\n"
        read = election("voter_id;vote;points\n1;a;5\n2;;", kind="scoring", more=more)
        assert points(read) == {"a": 7, "b": 4, "c": 4}

    def test_a_ranking_has_the_points_of_the_file(self) -> None:
        read = election("voter_id;vote;points\n1;a,b,c;5,3,1", kind="ordinal")
        assert points(read) == {"a": 5, "b": 3, "c": 1}

    def test_without_points_the_first_gets_as_many_as_may_be_ranked(self) -> None:
        votes = "voter_id;vote\n1;a,b\n2;c"
        read = election(votes, kind="ordinal", more="max_length;3\n")
        assert points(read) == {"a": 3, "b": 2, "c": 3}
        assert points(election(votes, kind="ordinal")) == {"a": 2, "b": 1, "c": 2}

    def test_unless_the_scores_of_the_file_follow_from_another_length(self) -> None:
        scored = "PROJECTS\nproject_id;cost;score\na;100;3\nb;50;2\nc;20;3\n"
        votes = "voter_id;vote\n1;a,b\n2;c"
        read = election(votes, kind="ordinal", more="max_length;2\n", projects=scored)
        assert points(read) == {"a": 3, "b": 2, "c": 3}


class TestTheFormatAsItComes:
    def test_money_is_exact_to_the_last_figure(self) -> None:
        read = election("voter_id;vote\n1;a")
        assert (read.money_scale, [project.cost for project in read.projects]) == (
            100,
            [10000, 5050, 2000],
        )
        fine = "PROJECTS\nproject_id;cost\na;33.333333333333336\nb;1e2\n"
        read = election("voter_id;vote\n1;a", projects=fine, budget="1 000.10")
        assert read.projects[0].cost * 1000 == 33333333333333336 * read.money_scale // 10**12
        assert read.projects[1].cost == 100 * read.money_scale
        assert read.budget == read.money_scale * 100010 // 100

    def test_quotes_semicolons_and_lines_within_a_field(self) -> None:
        projects = (
            'PROJECTS\nproject_id;cost;name\na;1;"Bench; with ""back"""\n'
            'b;2;"two\nlines"\nc;3;9" pipe\nd;4;"never closed\ne;5;plain\n'
        )
        read = election("voter_id;vote\n1;a,e", projects=projects)
        assert [project.name for project in read.projects] == [
            'Bench; with "back"',
            "two\nlines",
            '9" pipe',
            '"never closed',
            "plain",
        ]

    def test_a_byte_order_mark_other_line_ends_blank_lines_and_loose_spaces(self) -> None:
        text = (
            "\ufeffMETA;;\r\nkey; value\r\nvote_type; approval\r\nbudget; 10\r\ncomment;a;b\r\n\r\n"
            "PROJECTS;\r\nproject_id; cost\r\n a ; 4 \r\nVOTES\r\nvote; voter_id\r\na;1\r\n"
        )
        read = read_pabulib(text)
        assert (read.budget, read.meta["comment"], points(read)) == (1000, "a;b", {"a": 1})

    def test_what_the_file_says_of_itself_and_is_not_so_is_told(self) -> None:
        projects = "PROJECTS\nproject_id;cost;votes\na;1;7\n"
        more = "num_votes;9\nnum_projects;1\n"
        read = election("voter_id;vote\n1;a\n1;a", more=more, projects=projects)
        assert read.warnings == (
            "META says num_votes 9, the file holds 2",
            (
                "the ballots give 1 projects another number than the file says, as a: 2 and 7; "
                "the ballots count"
            ),
            "1 ballots carry a voter_id that stands there already",
        )

    def test_a_project_that_costs_nothing_takes_no_part(self) -> None:
        free = "PROJECTS\nproject_id;cost\na;0\nb;5\n"
        read = election("voter_id;vote\n1;a,b", projects=free)
        assert free_of_charge(read) == ("a",)
        assert points(read) == {"b": 1}

    def test_a_threshold_is_rounded_up(self) -> None:
        read = election("voter_id;vote\n1;a", more="min_project_score_threshold;2.5\n")
        assert read.threshold == 3


class TestCeilings:
    more = 'categories;green,"play, sport"\nbudget_per_category;60,100\n'
    projects = (
        "PROJECTS\nproject_id;cost;category\na;50;green\nb;50;green\n"
        'c;50;"play, sport"\nd;10;green,"play, sport"\n'
    )

    def test_each_category_has_its_own_amount(self) -> None:
        votes = "voter_id;vote\n1;a,b,c,d\n2;a,c,d\n3;a"
        read = election(votes, more=self.more, projects=self.projects)
        problem = problem_of_election(read, Rules("greedy"), ceilings="categories")
        assert problem.ceilings == {
            "total": 15000,
            "categories:green": 6000,
            "categories:play, sport": 10000,
        }
        granted = {row.key: row.granted for row in allocate(problem).rows}
        assert granted == {"a": 5000, "b": 0, "c": 5000, "d": 1000}

    def test_an_amount_for_each_or_none(self) -> None:
        more = "categories;green,play\nbudget_per_category;60\n"
        with pytest.raises(PabulibError, match="one amount for each"):
            election("voter_id;vote\n1;a", more=more).ceilings("categories")

    def test_an_unknown_category(self) -> None:
        projects = "PROJECTS\nproject_id;cost;category\na;1;blue\n"
        read = election("voter_id;vote\n1;a", more=self.more, projects=projects)
        with pytest.raises(PabulibError, match="knows no 'blue'"):
            problem_of_election(read, Rules("greedy"), ceilings="categories")


class TestRefusals:
    @pytest.mark.parametrize(
        ("votes", "changed", "sentence"),
        [
            ("voter_id;vote\n1;z", {}, "line 13: the vote names project 'z'"),
            ("voter_id\n1", {}, "line 12: VOTES has no column vote"),
            ("voter_id;vote\n1;a", {"budget": "much"}, "META: budget: 'much' is no number"),
            ("voter_id;vote\n1;a", {"budget": "-1"}, "below zero"),
            ("voter_id;vote\n1;a", {"budget": "NaN"}, "no number to reckon with"),
            ("voter_id;vote\n1;a", {"kind": "secret"}, "vote_type 'secret'"),
            ("voter_id;vote;points\n1;a,b;1", {"kind": "cumulative"}, "line 13: 2 projects and 1"),
            ("voter_id;vote;points\n1;a,a;1,1", {"kind": "cumulative"}, "names a project twice"),
            ("voter_id;vote;points\n1;a;x", {"kind": "scoring"}, "line 13: points: 'x'"),
            (
                "voter_id;vote\n1;a",
                {"projects": "PROJECTS\nproject_id;cost\na;1\na;2\n"},
                "line 9: project 'a' is empty or stands there twice",
            ),
            (
                "voter_id;vote\n1;a",
                {"projects": "PROJECTS\nproject_id;name\na;1\n"},
                "line 7: PROJECTS has no column cost",
            ),
            (
                "voter_id;vote\n1;a",
                {"projects": "PROJECTS\nproject_id;cost\na;1,5\n"},
                "line 8: cost: '1,5' is no number",
            ),
        ],
    )
    def test_the_sentence_names_the_line(
        self, votes: str, changed: dict[str, str], sentence: str
    ) -> None:
        with pytest.raises(PabulibError, match=sentence):
            election(votes, **changed)

    @pytest.mark.parametrize(
        "text", ["", "budget;1\nMETA\n", "META\nkey;value\n", "META\nkey;value\nMETA\nkey;value\n"]
    )
    def test_no_file_of_this_kind(self, text: str) -> None:
        with pytest.raises(PabulibError, match=r"META|PROJECTS"):
            read_pabulib(text)


def test_what_is_written_is_read_back() -> None:
    text = write_pabulib(
        {"description": 'A "real"; village', "budget": "150.50", "vote_type": "cumulative"},
        [
            {"project_id": "a", "cost": "100", "name": "Bench; oak"},
            {"project_id": "b", "cost": "50.5", "name": ""},
        ],
        [
            {"voter_id": 7, "vote": "a,b", "points": "3,1"},
            {"voter_id": 8, "vote": "", "points": ""},
        ],
        ("voter_id", "vote", "points"),
    )
    read = read_pabulib(text)
    assert (read.meta["description"], read.budget) == ('A "real"; village', 15050)
    assert read.projects[0].name == "Bench; oak"
    assert read.profile == ((1, ()), (1, (("a", 3), ("b", 1))))
