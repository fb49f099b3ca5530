using System.Globalization;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Workflow.Warnings.Filing;

/// <summary>A round as a fact: what it named and what it cut, by numbers. Who was cut is named nowhere, since nobody has looked at it.</summary>
public static class RoundFacts
{
    /// <summary>The node type of rounds.</summary>
    public const string NodeType = "WarningRound";

    /// <summary>
    /// Files a round, unless the one that stands says the same. The set is named by what it says, what stood before and the instant, and not by the version of the store: a round that was cut off
    /// and is made again names it alike, however many cases had been filed by then.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="found">The round.</param>
    /// <param name="known">What the broker's part of the store holds.</param>
    /// <param name="at">The instant of the clock.</param>
    /// <param name="cancellation">Stops before anything is recorded.</param>
    public static async Task FileAsync(IGraphStore store, BrokerWarnings found, Snapshot known, DateTimeOffset at, CancellationToken cancellation)
    {
        var (id, content) = (IdOf(found), PropertiesOf(found));
        var former = known.Nodes.Find(id) is >= 0 and var node ? Properties.Of([.. content.Select(property => property.Name).Where(name => known.Nodes.Get(node, name) is not null).Select(name => new Property(name, known.Nodes.Get(node, name)!.Value))]) : Properties.None;
        if (former.Equals(content)) return;
        var (validity, provenance) = (Validity.Since(found.Day), new Provenance(CaseFacts.SourceOf(found.Broker.ToString()), id.Key, 1m));
        await store.AppendAsync(
            new ChangeSet(FormattableString.Invariant($"warning round {id.Key} {content} after {former} at {at:O}"), at, $"warnings {found.Broker}",
            [
                Change.Assert(new NodeFact(id, content, validity, provenance)),
                Change.Assert(new RelationshipFact("ROUND_OF", id, found.Broker, "", Properties.None, validity, provenance)),
            ]), cancellation);
    }

    private static NodeId IdOf(BrokerWarnings found) =>
        new(NodeType, string.Create(CultureInfo.InvariantCulture, $"{CaseFacts.SourceOf(found.Broker.ToString())}:{found.Day:yyyyMMdd}"));

    private static Properties PropertiesOf(BrokerWarnings found) => Properties.Of(
        ("foundOn", PropertyValue.Of(found.Day)), ("rulesVersion", PropertyValue.Of(found.RulesVersion)), ("capacity", PropertyValue.Of((long)found.Capacity)),
        ("named", PropertyValue.Of((long)found.Named.Length)), ("cut", PropertyValue.Of((long)found.Cut.Length)));
}
