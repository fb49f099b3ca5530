using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market;
using GraphRisk.Market.Credit;
using GraphRisk.Scoring.Texts;
using GraphRisk.TestKit;
using GraphRisk.Workflow.Decisions;
using GraphRisk.Workflow.Recovery;
using GraphRisk.Workflow.Supervision;
using GraphRisk.Workflow.Supervision.Inspection;

namespace GraphRisk.Workflow.Tests.Supervision;

/// <summary>An application that was asked about, answered and declined on the first of March with a paper on the table; the client defaulted in April and was cured in June.</summary>
public sealed class CaseInspectionTests
{
    private const string Paper = """{"kept":true}""";
    private static readonly DateOnly Decided = new(2024, 3, 1);

    [Test]
    public void MovesStandInTheirOrderWithWhatWasKnown()
    {
        var found = Inspect(Sketch());
        Assert.Multiple(() =>
        {
            Assert.That((found.Kind, found.Reference, found.State, found.Fault), Is.EqualTo(("Application", "A-1", "DECLINED", (string?)null)));
            Assert.That(found.Moves.Select(move => (move.Made.Move, move.Made.Person, move.Reason)), Is.EqualTo(new (string, string?, string?)[] { ("apply", null, null), ("ask", "li", "what for?"), ("answer", null, "shares"), ("decline", "wang", "no") }));
            Assert.That(found.Moves[3].Means, Is.EqualTo("Declines; a person does, never the program."));
            Assert.That((found.Moves[3].IsAgainst, found.Moves[0].Known), Is.EqualTo(((bool?)true, (KnownThen?)null)));
            var known = found.Moves[3].Known!;
            Assert.That((known.Model, known.Rules, known.StoreVersion, known.IsIntact, known.Document), Is.EqualTo(("m1", "r1", (long?)7, true, (AdmissionDocument?)null)));
        });
    }

    [Test]
    public void WhatHappenedSinceIsFollowed()
    {
        var after = Inspect(Sketch()).After;
        Assert.That((after.Since, after.DefaultedOn, after.CuredOn), Is.EqualTo((Decided, (DateOnly?)new DateOnly(2024, 4, 10), (DateOnly?)new DateOnly(2024, 6, 10))), "the default of February was known");
        Assert.That(after.Events.Select(one => one.Kind), Is.EqualTo(new[] { CreditEventKind.Default, CreditEventKind.Cured }));
        Assert.That(after.OwedToBroker, Is.EqualTo(300m));
        Assert.That(after.LaterCases, Has.Length.EqualTo(1), "the complaint that came later; the one before is none of it");
    }

    [Test]
    public void WhatTheTableDoesNotAllowAndWhatWasChangedIsNamed()
    {
        var found = Inspect(Sketch(lastFrom: "QUESTIONED", hash: "0000"));
        Assert.That(found.Fault, Is.EqualTo("move 4, 'decline', does not follow on FILED"));
        Assert.That((found.Moves[3].Known!.IsIntact, found.Moves[3].Known!.Document), Is.EqualTo((false, (AdmissionDocument?)null)), "what was altered is not shown as what was kept");
    }

    [Test]
    public void EveryStateMoveAndKindHasWordsInBothLanguages()
    {
        string[] codes = [.. CaseKind.All.SelectMany(kind => kind.Table.States.Concat(kind.Table.Moves).Append(kind.NodeType)), .. Enum.GetValues<CreditEventKind>().Select(CreditEvents.NameOf), "ADMIT", "ADMIT_IN_PART", "REFER"];
        string[] fields = [.. CaseKind.All.SelectMany(kind => kind.Table.Rows).SelectMany(row => row.Carries.Concat(row.May)).Where(field => field != CaseFacts.ContentHash && field != "reason")];
        foreach (var code in codes.Concat(fields).Distinct())
        {
            Assert.That(CodeWords.In(Language.Chinese).Of(code), Does.Match(@"^[^A-Za-z_]+$"), code);
            Assert.That(CodeWords.In(Language.English).Of(code), Does.Not.Contain("_"), code);
        }

        Assert.That((CodeWords.In(Language.Chinese).OfRegion("31"), CodeWords.In(Language.Chinese).Of("line-use-high")), Is.EqualTo(("上海市", "授信使用率连续十日超过95%")));
        Assert.That(TextCatalogue.Of(typeof(CodeWords).Assembly, "codes", Language.Chinese).Keys, Is.EquivalentTo(TextCatalogue.Of(typeof(CodeWords).Assembly, "codes", Language.English).Keys));
    }

    [Test]
    public void ThePageIsTheSameBytesInEitherLanguage()
    {
        foreach (var language in Enum.GetValues<Language>())
        {
            string Write()
            {
                var snapshot = Sketch();
                return InspectionPage.Write(Inspect(snapshot), snapshot.Nodes, snapshot.Stamp.AsOf, snapshot.Stamp.KnownAt, language);
            }

            var (one, again) = (Write(), Write());
            Assert.That(again, Is.EqualTo(one));
            Assert.That(one, Does.Contain("A-1").And.Contain("wang").And.Contain("2024-04-10").And.Contain(Briefing.HashOf(Paper)).And.Contain("Complaint"));
        }
    }

    [Test]
    public void WhatIsNoCaseIsRefused() => Assert.That(() => CaseInspection.Of(new MarketReading(Sketch()), Sketch().Nodes.Find(NodeId.Parse("Broker/B1")), WorkMeter.Unlimited), Throws.ArgumentException);

    private static CaseInspection Inspect(Snapshot snapshot) => CaseInspection.Of(new MarketReading(snapshot), snapshot.Nodes.Find(NodeId.Parse("Application/x:A-1")), WorkMeter.Unlimited)!;

    private static Snapshot Sketch(string lastFrom = "FILED", string? hash = null)
    {
        var sketch = new FactSketch().Node("Broker/B1", FactSketch.Start, ("code", PropertyValue.Of("B1"))).Client("Person/A").Margin("Person/A", FactSketch.Start, 300, 2).Edge("GRANTED_BY", "MarginContract/A", "Broker/B1", FactSketch.Start)
            .Event("Person/A", new DateOnly(2024, 2, 1), "DEFAULT").Event("Person/A", new DateOnly(2024, 4, 10), "DEFAULT").Event("Person/A", new DateOnly(2024, 6, 10), "CURED");
        Case(sketch, "Application/x:A-1", "A-1", Decided.AddDays(-9));
        Case(sketch, "Complaint/x:C-0", "C-0", Decided.AddDays(-8));
        Case(sketch, "Complaint/x:C-1", "C-1", Decided.AddDays(30));
        Move(sketch, 1, "apply", null, "FILED", "CLIENT", null, null);
        Move(sketch, 2, "ask", "FILED", "QUESTIONED", "OFFICER", "li", "what for?");
        Move(sketch, 3, "answer", "QUESTIONED", "FILED", "CLIENT", null, "shares");
        Move(sketch, 4, "decline", lastFrom, "DECLINED", "OFFICER", "wang", "no", ("againstAdvice", PropertyValue.Of(true)));
        sketch.Node("Briefing/4", Decided, ("advice", PropertyValue.Of(FreezeDocument.Advice)), ("modelVersion", PropertyValue.Of("m1")), ("rulesVersion", PropertyValue.Of("r1")), ("storeVersion", PropertyValue.Of(7L)),
                ("asOf", PropertyValue.Of(Validity.CloseOf(Decided))), ("knownAt", PropertyValue.Of(Validity.CloseOf(Decided))), ("document", PropertyValue.Of(Paper)), ("hash", PropertyValue.Of(hash ?? Briefing.HashOf(Paper))))
            .Edge("RESTS_ON", "CaseMove/4", "Briefing/4", Decided);
        return sketch.At(new DateOnly(2024, 12, 31));
    }

    private static void Case(FactSketch sketch, string id, string reference, DateOnly filed) => sketch
        .Node(id, filed, ("reference", PropertyValue.Of(reference)), ("state", PropertyValue.OfEnum("DECLINED")), ("filedOn", PropertyValue.Of(filed)))
        .Edge("CASE_OF", id, "Person/A", filed).Edge("HANDLED_BY", id, "Broker/B1", filed);

    private static void Move(FactSketch sketch, int serial, string move, string? from, string to, string part, string? person, string? reason, params (string, PropertyValue)[] more)
    {
        List<(string, PropertyValue)> said =
        [
            ("move", PropertyValue.Of(move)), ("serial", PropertyValue.Of((long)serial)), ("toState", PropertyValue.Of(to)), ("at", PropertyValue.Of(Validity.StartOf(Decided).AddHours(1))), ("part", PropertyValue.OfEnum(part)),
            ("commandKey", PropertyValue.Of($"k{serial}")), .. more,
        ];
        if (from is not null) said.Add(("fromState", PropertyValue.Of(from)));
        if (person is not null) said.Add(("person", PropertyValue.Of(person)));
        if (reason is not null) said.Add(("reason", PropertyValue.Of(reason)));
        sketch.Node($"CaseMove/{serial}", Decided, [.. said]).Edge("MOVE_OF", $"CaseMove/{serial}", "Application/x:A-1", Decided);
    }
}
