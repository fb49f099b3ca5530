using GraphRisk.Graph.Schema;
using GraphRisk.Scoring.Features;

namespace GraphRisk.Scoring.Tests.Features;

public sealed class InputRecordsTests
{
    private static readonly SchemaCatalog Catalog = SchemaCatalog.LoadEmbedded();

    /// <summary>A feature that reads what the walk never meets would move without a record, and nobody would notice.</summary>
    [Test]
    public void EveryInputOfAnOwnFeatureLiesOnTheWayFromItsClient()
    {
        var (nodes, ties) = (new HashSet<string> { "Person", "Company" }, new HashSet<string>(InputRecords.Ties));
        for (var grown = -1; grown != nodes.Count + ties.Count;)
        {
            grown = nodes.Count + ties.Count;
            foreach (var (from, step) in InputRecords.Reach.Where(row => nodes.Any(node => Catalog.Node(node).Is(row.From))))
            {
                var type = Catalog.Relationship(step.Relationship);
                ties.Add(step.Relationship);
                nodes.UnionWith(Catalog.NodeTypes.Where(node => node.Is(step.Forward ? type.To : type.From)).Select(node => node.Name));
            }
        }

        foreach (var feature in FeatureSet.Features)
            foreach (var input in feature.Inputs.Select(input => input.Split('.')[0]))
                Assert.That(nodes.Contains(input) || ties.Contains(input), Is.True, $"{feature.Name} reads {input}");
    }

    [TestCase("debt", "MarginContract", "debt", true, true)]
    [TestCase("debt", "MarginContract", "maintenanceRatio", true, false)]
    [TestCase("debt", "MarginContract", null, true, true)]
    [TestCase("debt", "MarginContract", null, false, false)]
    [TestCase("group_debt", "MarginContract", "debt", false, true)]
    [TestCase("open_contracts", "CONTRACTED", null, true, true)]
    [TestCase("open_contracts", "CONTRACTED", "share", true, false)]
    [TestCase("volatility", "Security", "close", true, true)]
    [TestCase("dishonest_entries", "Listing", null, true, true)]
    public void AFeatureRestsOnWhatItStatesThatItReads(string feature, string type, string? field, bool isOwn, bool rests) =>
        Assert.That(InputRecords.RestsOn(FeatureSet.Features.Single(one => one.Name == feature), type, field is null ? null : [field], isOwn), Is.EqualTo(rests));
}
