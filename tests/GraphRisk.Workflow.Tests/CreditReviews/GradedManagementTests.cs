using GraphRisk.Graph.Facts;
using GraphRisk.Workflow.CreditReviews;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Workflow.Tests.CreditReviews;

/// <summary>How clients of a grade are followed, and what a review may decide.</summary>
public sealed class GradedManagementTests
{
    private static readonly DateOnly Day = new(2025, 9, 30);
    private static readonly GradedManagement Rules = GradedManagement.Common.General.On(Day);

    // Grade; grade of the last review, or none; its next day; day of an approved application; why it is due.
    [TestCase("BBB", null, null, null, ReviewCause.NeverReviewed)]
    [TestCase("BBB", null, null, "2025-04-01", null)]
    [TestCase("BBB", null, null, "2025-03-31", ReviewCause.Interval)]
    [TestCase("BBB", "BBB", "2025-09-30", null, ReviewCause.Interval)]
    [TestCase("BBB", "BBB", "2025-10-01", null, null)]
    [TestCase("BBB", "BBB", "2025-09-01", "2025-08-01", null)]
    [TestCase("BB", "BBB", "2025-10-01", null, null)]
    [TestCase("B", "BBB", "2025-10-01", null, ReviewCause.GradeFell)]
    [TestCase("CC", "B", "2025-09-01", null, ReviewCause.GradeFell)]
    [TestCase("BBB", "CC", "2025-10-01", null, null)]
    [TestCase("A", "B", "2025-09-30", null, ReviewCause.Interval)]
    [TestCase(null, "AAA", "2025-10-01", null, null)]
    [TestCase("B", "", "2025-10-01", null, ReviewCause.GradeFell)]
    public void AClientIsDue(string? grade, string? before, string? next, string? approved, ReviewCause? cause)
    {
        var last = before is null ? null : new FiledReview(new NodeId("CreditReview", "R"), 0, "CONCLUDED", new DateOnly(2025, 1, 2), before == "" ? null : before, LineTreatment.MayGrow, Date(next));
        Assert.That(ReviewTerms.CauseOf(Rules.Of(grade), last is null ? null : Rules.Of(last.Grade), last, Date(approved), 100_000m, Day), Is.EqualTo(cause));
    }

    // What the last review let stand, by which day; why the client, which owes 100,000, is due.
    [TestCase(99_999, "2025-09-29", ReviewCause.NotReduced)]
    [TestCase(100_000, "2025-09-29", null)]
    [TestCase(99_999, "2025-09-30", null)]
    public void WhatDidNotComeDownIsReviewedAtOnce(int limit, string by, ReviewCause? cause)
    {
        var last = new FiledReview(new NodeId("CreditReview", "R"), 0, "CONCLUDED", new DateOnly(2025, 8, 1), "CC", LineTreatment.ToBeReduced, new DateOnly(2025, 12, 31)) { Limit = limit, ReduceBy = Date(by) };
        Assert.That(ReviewTerms.CauseOf(Rules.Of("CC"), Rules.Of("CC"), last, null, 100_000m, Day), Is.EqualTo(cause));
    }

    // Grade; what is decided; amount; day; field at fault, or how many persons decide.
    [TestCase("A", "MAY_GROW", null, null, "1")]
    [TestCase("A", "FROZEN", null, null, "1")]
    [TestCase("B", "FROZEN", null, null, "1")]
    [TestCase("B", "MAY_GROW", null, null, "2")]
    [TestCase("CCC", "FROZEN", null, null, "2")]
    [TestCase("CC", "FROZEN", null, null, "2")]
    [TestCase("A", "FROZEN", 10_000, null, "amount")]
    [TestCase("A", "MAY_GROW", null, "2025-12-31", "dueOn")]
    [TestCase("B", "TO_BE_REDUCED", null, "2025-12-31", "amount")]
    [TestCase("B", "TO_BE_REDUCED", 100_000, "2025-12-31", "amount")]
    [TestCase("B", "TO_BE_REDUCED", 99_999, null, "dueOn")]
    [TestCase("B", "TO_BE_REDUCED", 99_999, "2025-09-30", "dueOn")]
    [TestCase("B", "TO_BE_REDUCED", 99_999, "2025-10-01", "1")]
    [TestCase("C", "TO_BE_REDUCED", 99_999, "2025-10-01", "2")]
    public void AReviewIsConcluded(string grade, string treatment, int? amount, string? dueOn, string expected)
    {
        var filed = Filed(grade);
        List<Property> carried = [new("lineTreatment", PropertyValue.OfEnum(treatment)), new("reason", PropertyValue.Of("looked at"))];
        if (amount is { } most) carried.Add(new("amount", PropertyValue.Of((decimal)most)));
        if (Date(dueOn) is { } by) carried.Add(new("dueOn", PropertyValue.Of(by)));
        var asked = new MoveAsked("conclude", new Mover(CasePart.Officer, "Broker/B001", "li"), "k", Properties.Of(carried));
        if (ReviewTerms.FaultOf(filed, asked, Day) is var (field, _))
        {
            Assert.That(field, Is.EqualTo(expected));
            return;
        }

        var completed = ReviewTerms.Completed(filed, asked, Rules, Day);
        Assert.That(completed.Circumstances.Contains(ReviewTerms.TwoPersons) ? "2" : "1", Is.EqualTo(expected));
        Assert.That(completed.Carried.TryGet("nextReviewOn", out var next) ? next.AsDate() : default, Is.EqualTo(Day.AddMonths(Rules.Of(grade).Months)));
    }

    [Test]
    public void TheTableTreatsAWorseGradeNoMoreMildlyAndNoLaterThanABetterOne()
    {
        var rows = Rules.Rows.Where(row => row.Grade is not null).ToList();
        for (var i = 1; i < rows.Count; i++)
            Assert.That(rows[i].Treatment >= rows[i - 1].Treatment && rows[i].Months <= rows[i - 1].Months && rows[i].Persons >= rows[i - 1].Persons, rows[i].Grade);
    }

    [TestCase("A,12,MAY_GROW,1,DESK", "since 'A'")]
    [TestCase("2025-01-01,A,0,MAY_GROW,1,DESK", "'0' months")]
    [TestCase("2025-01-01,A,12,GROWS,1,DESK", "'GROWS'")]
    [TestCase("2025-01-01,A,12,FROZEN,3,DESK", "'3' persons")]
    [TestCase("2025-01-01,A,12,FROZEN,1,", "six cells")]
    [TestCase("2025-01-01,A,12,FROZEN,1,DESK", "one row of AAA")]
    public void ABrokenTableIsRefusedByLineAndReason(string line, string named)
    {
        if (line.Split(',').Length < 6) line = "A," + line;
        Assert.That(() => GradedManagement.Read($"since,grade,months,treatment,persons,team\n{line}\n"), Throws.TypeOf<InvalidDataException>().With.Message.Contain(named));
    }

    private static FiledCase Filed(string grade) => new(
        new NodeId("CreditReview", "broker-B001/platform:C-1"),
        Properties.Of(("grade", PropertyValue.Of(grade)), ("proposedTreatment", PropertyValue.OfEnum(GradedManagement.NameOf(Rules.Of(grade).Treatment))), ("exposure", PropertyValue.Of(100_000m))),
        Day, CaseHistory.Unopened(new CaseParties("Person/broker-B001:C1", "Broker/B001")));

    private static DateOnly? Date(string? text) => text is null ? null : DateOnly.ParseExact(text, "yyyy-MM-dd");
}
