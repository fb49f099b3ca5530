using GraphRisk.Graph.Facts;
using GraphRisk.Market.Calendar;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;
using GraphRisk.Workflow.CreditReviews;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Server.Tests.CreditReviews;

/// <summary>Reviews of clients by grade over GraphQL: whose they are to know, who decides, and what an application meets afterwards.</summary>
public sealed class CreditReviewTests
{
    private const string Listed = "{ creditReviews { totalCount nodes { id state cause grade exposure proposedTreatment lineTreatment lineLimit reduceBy nextReviewOn moves { nodes { move person againstAdvice } } } } }";

    [Test]
    public async Task TwoPersonsConcludeWhatTheGradeOrAMilderTreatmentAsksFor()
    {
        await using var served = await DueAsync("B");
        var id = await IdAsync(served);
        Assert.That(await served.Codes(Officer("li"), Conclude(id, "k0", "FROZEN")), Is.EqualTo(new[] { "CONFLICT" }), "it is taken first");
        await served.Ask(Officer("li"), Move("takeCreditReview", id, "k1", ""));
        Assert.That(await served.Codes(Officer("li"), Conclude(id, "k2", "FROZEN", "amount: \"10000\"")), Is.EqualTo(new[] { "BAD_USER_INPUT" }));
        Assert.That((await served.Ask(Officer("li"), Conclude(id, "k3", "MAY_GROW"))).TextAt("concludeCreditReview.creditReview.state"), Is.EqualTo("AGREED_BY_ONE"), "milder than the grade is treated");
        Assert.That(await served.Codes(Officer("li"), Conclude(id, "k4", "MAY_GROW")), Is.EqualTo(new[] { "FORBIDDEN" }), "not the same person");
        Assert.That(await served.Codes(Officer("wang"), Conclude(id, "k5", "FROZEN")), Is.EqualTo(new[] { "BAD_USER_INPUT" }), "the same or nothing");
        await served.Ask(Officer("wang"), Move("disagreeCreditReview", id, "k6", "reason: \"too early\""));
        var done = await served.Ask(Officer("wang"), Conclude(id, "k7", "FROZEN"));
        Assert.That((done.TextAt("concludeCreditReview.creditReview.state"), done.TextAt("concludeCreditReview.creditReview.lineTreatment")), Is.EqualTo(("CONCLUDED", "FROZEN")));
        var seen = (await served.Ask(ServedGraph.Regulator, Listed)).At("creditReviews.nodes.0");
        Assert.That(seen.TextAt("nextReviewOn"), Is.EqualTo("2024-09-30"));
        Assert.That(seen.At("moves.nodes").EnumerateArray().Select(move => (move.TextAt("move"), move.TextAt("person"), move.At("againstAdvice").GetRawText())), Is.EqualTo(new[]
        {
            ("require", null, "null"), ("take", "li", "null"), ("conclude", "li", "true"), ("disagree", "wang", "null"), ("conclude", "wang", "false"),
        }));
    }

    [Test]
    public async Task WhatIsToBeReducedHasALimitAndADayAndAnApplicationForMoreMeetsTheReview()
    {
        await using var served = await DueAsync("CC");
        var id = await IdAsync(served);
        Assert.That(await MayGrowAsync(served), Is.EqualTo("true"), "nothing is decided yet");
        await served.Ask(Officer("li"), Move("takeCreditReview", id, "k1", ""));
        foreach (var (person, key) in (IEnumerable<(string, string)>)[("li", "k2"), ("wang", "k3")])
            await served.Ask(Officer(person), Conclude(id, key, "TO_BE_REDUCED", "amount: \"300000\" dueOn: \"2024-12-31\""));
        var seen = (await served.Ask(Officer("li"), Listed)).At("creditReviews.nodes.0");
        Assert.That((seen.TextAt("lineTreatment"), seen.At("lineLimit").GetRawText(), seen.TextAt("reduceBy")), Is.EqualTo(("TO_BE_REDUCED", "300000", "2024-12-31")));
        Assert.That(await MayGrowAsync(served), Is.EqualTo("false"));
    }

    [Test]
    public async Task NeitherTheClientNorAnotherBrokerKnowsOfItAndTheSupervisorDecidesNothing()
    {
        await using var served = await DueAsync("B");
        var id = await IdAsync(served);
        Assert.That((await served.Ask(ServedGraph.Client(SmallMarket.Zhang), "{ creditReviews { totalCount } caseMoves { totalCount } }")).GetRawText(), Does.Not.Match("[1-9]"));
        Assert.That((await served.Ask(Officer("sun", "B002"), Listed)).At("creditReviews.totalCount").GetInt32(), Is.Zero);
        Assert.That(await served.Codes(Officer("sun", "B002"), Move("takeCreditReview", id, "k1", "")), Is.EqualTo(new[] { "NOT_FOUND" }));
        Assert.That(await served.Codes(ServedGraph.Regulator, Move("takeCreditReview", id, "k2", "")), Is.EqualTo(new[] { "FORBIDDEN" }));
        Assert.That(await served.Codes(Officer(null), Move("takeCreditReview", id, "k3", "")), Is.EqualTo(new[] { "FORBIDDEN" }));
    }

    [Test]
    public async Task HowEachGradeIsFollowedIsData()
    {
        await using var served = await ServedGraph.Of(SmallMarket.Sketch());
        var rows = (await served.Ask(Officer("li"), "{ gradedManagement { version rows { grade months treatment persons team } stamp { asOf } } }")).At("gradedManagement.rows");
        Assert.That(rows.EnumerateArray().Select(row => row.TextAt("grade")), Is.EqualTo(new[] { "AAA", "AA", "A", "BBB", "BB", "B", "CCC", "CC", "C", "D", null }));
        foreach (var other in (string[])["B002", "B999", "Broker/B999"])
            Assert.That(await served.Codes(Officer("li"), $"{{ gradedManagement(broker: \"{other}\") {{ version }} }}"), Is.EqualTo(new[] { "NOT_FOUND" }), other);
        Assert.That(await served.Codes(ServedGraph.Client(SmallMarket.Zhang), "{ gradedManagement { version } }"), Is.EqualTo(new[] { "FORBIDDEN" }));
    }

    private static Viewer Officer(string? person, string broker = "B001") => ServedGraph.As(Role.Broker, $"Broker/{broker}", "monitoring", "a test needs to see") with { Subject = person };

    private static string Move(string command, string id, string key, string more) => $$"""mutation { {{command}}(creditReview: "{{id}}", key: "{{key}}" {{more}}) { creditReview { state lineTreatment } isNew } }""";

    private static string Conclude(string id, string key, string treatment, string more = "") => Move("concludeCreditReview", id, key, $"lineTreatment: {treatment} reason: \"looked at\" {more}");

    private static async Task<string> IdAsync(ServedGraph served) => (await served.Ask(Officer("li"), "{ creditReviews { nodes { id } } }")).TextAt("creditReviews.nodes.0.id")!;

    /// <summary>What admission makes of the last review.</summary>
    private static async Task<string> MayGrowAsync(ServedGraph served)
    {
        var view = await new GraphRisk.Graph.Snapshots.SnapshotProvider(served.Store).GetAsync(Validity.EndOfTime, null, GraphRisk.Graph.Entitlements.Entitlement.OfBroker("B001"));
        var last = FiledReviews.LastOf(view, view.Nodes.Find(NodeId.Parse(SmallMarket.ZhangAtB001)), view.Nodes.Find(NodeId.Parse("Broker/B001")));
        return last is not { Treatment: not LineTreatment.MayGrow } ? "true" : "false";
    }

    /// <summary>The small market after a round that required a review of Zhang, of a grade, at B001.</summary>
    private static async Task<ServedGraph> DueAsync(string grade)
    {
        var served = await ServedGraph.Of(SmallMarket.Sketch());
        var (day, broker) = (new DateOnly(2024, 6, 28), new NodeId("Broker", "B001"));
        var rules = GradedManagement.Common.General.On(day);
        var due = new DueReview(NodeId.Parse(SmallMarket.ZhangAtB001), ReviewCause.NeverReviewed, rules.Of(grade), 452_000m, 1_000m);
        var opening = ReviewTerms.Opening(due, broker, rules, day, WorkingCalendar.China);
        await new CaseDesk(served.Store).OpenAsync(CaseKind.CreditReview, opening, new MoveAsked("require", Mover.Platform, "require 2024-06-28", Properties.None), new CaseFiling(ServedGraph.Now, day, "test"));
        return served;
    }
}
