using System.Text.Json;
using GraphRisk.Graph.Facts;
using GraphRisk.Intake.Tests.Import;
using GraphRisk.Intake.Text;
using GraphRisk.TestKit;

namespace GraphRisk.Intake.Tests.Text;

public sealed class PenaltyTextTests
{
    private const string Decision =
        "当事人：昆明市泰远能源有限公司（以下简称“泰远”），住所：昆明市五华区人民路585号36层。卢阳宏，男，1995年5月出生，时任泰远法定代表人，住址：昆明市五华区。"
        + "依据《中华人民共和国证券法》（以下简称《证券法》）的有关规定，我局进行了立案调查。经查明，2024年04月26日至二〇二四年十二月二十二日，其间顾某某提供资金人民币贰佰玖拾贰万伍仟元整。"
        + "我局决定：一、对昆明市泰远能源有限公司给予警告，并处以78万元罚款；二、对卢阳宏没收违法所得12万元，并处以39万元罚款。";

    [Test]
    public void ThePartiesOfADecisionAreReadWithWhatIsSaidOfThem()
    {
        var parties = PenaltyText.Read(Decision).Parties;
        Assert.That(parties.Select(party => (party.Party.Name, party.Party.Shape, party.Alias, party.Sex, party.Office, party.OfficeAt, party.Address)), Is.EqualTo(new[]
        {
            ("昆明市泰远能源有限公司", NameShape.Company, "泰远", (string?)null, (string?)null, (string?)null, "昆明市五华区人民路585号36层"),
            ("卢阳宏", NameShape.Person, null, "男", "法定代表人", "昆明市泰远能源有限公司", "昆明市五华区"),
        }));
        foreach (var party in parties) Assert.That(Decision[party.Party.Start..party.Party.End], Is.EqualTo(party.Party.Name));
    }

    [Test]
    public void TheClausesTellFineAndGainApart()
    {
        var clauses = PenaltyText.Read(Decision).Clauses;
        Assert.That(clauses.Select(clause => (clause.Name, clause.Fine?.Value, clause.Confiscated?.Value, clause.Warned)), Is.EqualTo(new[]
        {
            ("昆明市泰远能源有限公司", (decimal?)780000m, (decimal?)null, true), ("卢阳宏", 390000m, 120000m, false),
        }));
    }

    [Test]
    public void ALetterNamesItsAddressee() =>
        Assert.That(PenaltyText.Read("广州康昌半导体集团有限公司：经审理，决定本案结案。").Parties.Single().Party.Name, Is.EqualTo("广州康昌半导体集团有限公司"));

    [Test]
    public void EveryDecisionOfTheSampleHasPartiesAndFines()
    {
        foreach (var line in File.ReadLines(Repository.PathOf("samples", "market", "csrc", "penalties.ndjson")))
        {
            using var row = JsonDocument.Parse(line);
            var text = PenaltyText.Read(row.RootElement.GetProperty("text").GetString()!);
            Assert.That(text.Parties, Is.Not.Empty, line);
            if (row.RootElement.GetProperty("state").GetString() is not ("DECISION" or "PRIOR_NOTICE")) continue;
            Assert.That(text.Clauses, Is.Not.Empty, line);
            Assert.That(text.Clauses.Select(clause => clause.Fine?.Value), Is.All.GreaterThan(0m), line);
        }
    }

    [Test]
    public async Task AWithdrawalSupersedesTheEarlierStateOfTheMatter()
    {
        using var bench = new ImportBench();
        bench.Write("csrc/penalties.ndjson", """
            {"doc_no":"A〔2024〕1号","bureau":"A","state":"INVESTIGATION","matter_no":"M1","title":"t","published_on":"2024-01-05","text":"广州康昌半导体集团有限公司：因涉嫌违规，我局决定对你公司立案。"}
            {"doc_no":"A〔2024〕2号","bureau":"A","state":"WITHDRAWN","matter_no":"M1","title":"t","published_on":"2024-06-05","text":"广州康昌半导体集团有限公司：经审理，决定本案结案。"}

            """);
        await bench.Import();
        Assert.That(await StateAsync(bench, new DateOnly(2024, 3, 1)), Is.EqualTo(("INVESTIGATION", 1)));
        Assert.That(await StateAsync(bench, new DateOnly(2024, 7, 1)), Is.EqualTo(("WITHDRAWN", 0)));
    }

    [Test]
    public async Task EveryFactReadFromATextNamesItsSpan()
    {
        using var bench = new ImportBench();
        await bench.Import(null, Repository.PathOf("samples", "market", "court"), Repository.PathOf("samples", "market", "csrc"));
        var texts = bench.Store.Nodes("Document").ToDictionary(fact => fact.Provenance.RecordKey, fact => Text(fact));
        var mentions = bench.Store.Edges("MENTIONS").ToList();
        Assert.That(mentions, Has.Count.GreaterThan(200));
        var names = bench.Store.Facts.OfType<NodeFact>().Where(fact => fact.Provenance.Span is not null).ToLookup(fact => fact.Node);
        foreach (var mention in mentions)
        {
            var span = mention.Provenance.Span!.Value;
            var name = names[mention.To].First().Properties.Single(property => property.Name == "name").Value.AsString();
            Assert.That(texts[mention.Provenance.RecordKey][span.Start..span.End], Is.EqualTo(name));
        }

        Assert.That(names.SelectMany(group => group).Select(fact => fact.Properties.ToString()), Has.None.Contains("某"));
    }

    private static string Text(NodeFact fact) => fact.Properties.TryGet("text", out var text) ? text.AsString() : "";

    private static async Task<(string?, int)> StateAsync(ImportBench bench, DateOnly day)
    {
        var snapshot = await GraphRisk.Graph.Snapshots.SnapshotBuilder.BuildAsync(
            bench.Store, await bench.Store.GetVersionAsync(), Validity.CloseOf(day));
        return (snapshot.Nodes.GetString(snapshot.Nodes.Find(new NodeId("Penalty", "csrc:M1")), "state"), snapshot.Relationship("PENALISED").Count);
    }
}
