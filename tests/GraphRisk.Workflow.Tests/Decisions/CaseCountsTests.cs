using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Market;
using GraphRisk.TestKit;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Workflow.Tests.Decisions;

/// <summary>Decisions and complaints counted for a model's report.</summary>
public sealed class CaseCountsTests
{
    private static readonly DateOnly Decided = new(2024, 3, 1);

    private readonly FactSketch sketch = new FactSketch().Node("Broker/B1", FactSketch.Start, ("code", PropertyValue.Of("B1"))).Node("Broker/B2", FactSketch.Start, ("code", PropertyValue.Of("B2")));

    [Test]
    public void DecisionsAreCountedByAdviceAndFollowedToTheDefault()
    {
        foreach (var client in (string[])["Person/A", "Person/B", "Person/C"]) sketch.Client(client);
        Decision("1", "Person/A", "B1", "m1", "REFER", "approve", against: true);
        Decision("2", "Person/A", "B1", "m1", "REFER", "approve", against: true);
        Decision("3", "Person/B", "B2", "m1", "REFER", "approve", against: true);
        Decision("4", "Person/C", "B1", "m1", "ADMIT", "approve", against: false);
        Decision("5", "Person/C", "B1", "m2", "ADMIT", "decline", against: true);
        Decision("6", "Person/C", "B1", "m1", "ADMIT", "ask", against: null);
        sketch.Event("Person/A", Decided.AddDays(40), "DEFAULT").Event("Person/C", Decided.AddDays(-40), "DEFAULT");
        var reading = new MarketReading(sketch.At(Decided.AddDays(100)));

        var found = CaseCounts.Advised(reading, "m1", WorkMeter.Unlimited);

        Assert.That(found.Select(row => (row.Advice, row.Decision, row.IsAgainst, row.Clients.Clients, row.Defaulted.Clients)), Is.EqualTo(new[]
        {
            ("ADMIT", "approve", false, 1, 0), ("REFER", "approve", true, 2, 1),
        }), "a client of two decisions is one, and a default before the decision is none after it");
        Assert.That(found[1].Clients.ByBroker, Is.EqualTo(new[] { 1, 1 }));
        Assert.That(CaseCounts.Advised(reading, "m3", WorkMeter.Unlimited), Is.Empty);
    }

    [Test]
    public void ComplaintsAreCountedByKindCauseAndOutcomeFromTheDayOfTraining()
    {
        foreach (var client in (string[])["Person/A", "Person/B"]) sketch.Client(client);
        Complaint("1", "Person/A", "SCORE", "MODEL", "UPHELD_ARCHIVED", Decided);
        Complaint("2", "Person/B", "SCORE", "MODEL", "UPHELD", Decided);
        Complaint("3", "Person/B", "RECORD", null, "ACKNOWLEDGED", Decided);
        Complaint("4", "Person/B", "SCORE", "MODEL", "UPHELD", Decided.AddDays(-1));

        var found = CaseCounts.Complaints(sketch.At(Decided.AddDays(100)), Decided, WorkMeter.Unlimited);

        Assert.That(found.Select(row => (row.About, row.Cause, row.Outcome, row.Clients.Clients)), Is.EqualTo(new[] { ("RECORD", "", "OPEN", 1), ("SCORE", "MODEL", "UPHELD", 2) }));
    }

    private void Decision(string number, string client, string broker, string model, string advice, string move, bool? against)
    {
        (string, PropertyValue)[] said = [("move", PropertyValue.Of(move)), ("toState", PropertyValue.Of("X")), ("at", PropertyValue.Of(Validity.StartOf(Decided)))];
        Case("Application", number, client, broker, ("state", PropertyValue.OfEnum("APPROVED")), ("product", PropertyValue.OfEnum("MARGIN")));
        sketch.Node($"CaseMove/{number}", Decided, against is { } known ? [.. said, ("againstAdvice", PropertyValue.Of(known))] : said).Edge("MOVE_OF", $"CaseMove/{number}", $"Application/{number}", Decided)
            .Node($"Briefing/{number}", Decided, ("advice", PropertyValue.Of(advice)), ("modelVersion", PropertyValue.Of(model))).Edge("RESTS_ON", $"CaseMove/{number}", $"Briefing/{number}", Decided);
    }

    private void Complaint(string number, string client, string about, string? cause, string state, DateOnly filedOn)
    {
        (string, PropertyValue)[] said = [("state", PropertyValue.OfEnum(state)), ("about", PropertyValue.OfEnum(about)), ("filedOn", PropertyValue.Of(filedOn))];
        Case("Complaint", number, client, "B1", cause is null ? said : [.. said, ("cause", PropertyValue.OfEnum(cause))]);
    }

    private void Case(string type, string number, string client, string broker, params (string, PropertyValue)[] said) =>
        sketch.Node($"{type}/{number}", Decided, said).Edge("CASE_OF", $"{type}/{number}", client, Decided).Edge("HANDLED_BY", $"{type}/{number}", $"Broker/{broker}", Decided);
}
