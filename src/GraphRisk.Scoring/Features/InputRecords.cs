using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Market;
using GraphRisk.Market.Contagion;

namespace GraphRisk.Scoring.Features;

/// <summary>A node or the relationships of one type between two nodes, on which inputs of a client's features lie.</summary>
/// <param name="Relationship">Name of the relationship; null for a node.</param>
/// <param name="From">The node, or where the relationships start.</param>
/// <param name="To">Where they end; -1 for a node.</param>
/// <param name="About">Node of the party they speak of: the client, or another.</param>
public readonly record struct InputRecord(string? Relationship, int From, int To, int About);

/// <summary>
/// Where what a client's features are computed from lies in a snapshot: the records of the client, and those of the parties that it is tied to
/// (<see cref="Neighbourhoods"/>: guarantees, holdings, links, its group). Which of them a feature rests on is what the feature states of itself
/// (<see cref="Feature.Inputs"/>), so that what moved a score is read from the data and from the lineage that levels and rights are derived from, too, and never guessed
/// from the size of a change.
/// <para>
/// Not reached are records of parties further away (losses carried on over a network, signals carried over two steps) and of strangers who hold the same
/// securities: such features have moved without a record here. Hubs are not walked into, as nowhere. Pure. Cost: the ties of the client and
/// the records of those at their other ends; of more than <see cref="MostOthers"/> the rest is not looked at, which the answer says.
/// </para>
/// </summary>
/// <param name="Records">Each once, those of the client first.</param>
/// <param name="IsComplete">False where ties were not looked at.</param>
public sealed record InputRecords(ImmutableArray<InputRecord> Records, bool IsComplete)
{
    private const int MostOthers = 200;
    private const int MostTies = 2_000;

    /// <summary>Steps from a party, or from what it leads to, to what is stated about it.</summary>
    internal static ImmutableArray<(string From, Step Step)> Reach { get; } =
    [
        ("Party", new Step("CONTRACTED", true)), ("Party", new Step("OWNS_ACCOUNT", true)), ("Party", new Step("BEFELL", false)), ("Party", new Step("CLIENT_OF", true)),
        ("Party", new Step("LISTED_AS", true)), ("Party", new Step("PENALISED", true)), ("Party", new Step("PARTY_TO", true)), ("Party", new Step("BOUND_BY", true)),
        ("Account", new Step("POSITION", true)), ("Account", new Step("SIGNED_IN", false)),
    ];

    /// <summary>Ties of the client itself to others.</summary>
    internal static ImmutableArray<string> Ties { get; } = ["GUARANTEES", "HOLDS", "OFFICER_OF", "RELATED_TO"];

    /// <summary>Whether a feature rests on what changed of a record.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="type">Type of the node, or name of the relationship.</param>
    /// <param name="fields">The fields that differ; null for what came or went.</param>
    /// <param name="isOwn">Whether the record is the client's own; of others' only what speaks of others rests.</param>
    public static bool RestsOn(Feature feature, string type, IReadOnlyCollection<string>? fields, bool isOwn) =>
        (isOwn || feature.Group.Scope == FeatureScope.Graph)
        && feature.Inputs.Any(input => input == type ? fields is null : input.StartsWith($"{type}.", StringComparison.Ordinal) && (fields is null || fields.Contains(input[(type.Length + 1)..])));

    /// <summary>The fields of a type that any feature reads.</summary>
    public static IReadOnlySet<string> FieldsOf(string type) =>
        FeatureSet.Features.SelectMany(feature => feature.Inputs).Where(input => input.StartsWith($"{type}.", StringComparison.Ordinal)).Select(input => input[(type.Length + 1)..]).ToHashSet(StringComparer.Ordinal);

    /// <summary>The records around a client.</summary>
    /// <param name="market">The reading.</param>
    /// <param name="client">Node of the client.</param>
    /// <param name="meter">Pays.</param>
    public static InputRecords Around(MarketReading market, int client, WorkMeter meter)
    {
        var found = new Walk(market, client, meter);
        found.Take(client);
        found.TakeTies();
        var around = new Neighbourhoods(market, meter);
        var party = market.Parties.IndexOf(client);
        int[] others = [.. around.EdgesOf(party).Select(edge => edge.Other).Concat(around.GroupOf(party).ToArray()).Where(other => other != party).Distinct().Order()];
        foreach (var other in others.Take(MostOthers))
            if (market.Parties.NodeOf(other) is var node && !market.Parties.IsHub(node)) found.Take(node);
        return new InputRecords([.. found.Records], found.IsComplete && others.Length <= MostOthers);
    }

    private sealed class Walk(MarketReading market, int client, WorkMeter meter)
    {
        private readonly HashSet<InputRecord> met = [];

        public List<InputRecord> Records { get; } = [];

        public bool IsComplete { get; private set; } = true;

        public void Take(int party)
        {
            Add(new InputRecord(null, party, -1, party));
            Follow(party, party);
        }

        public void TakeTies()
        {
            foreach (var name in Ties)
            {
                var table = market.Snapshot.Relationship(name);
                var to = table.Out.Neighbours(client);
                var from = table.In.Neighbours(client);
                IsComplete &= to.Length <= MostTies && from.Length <= MostTies;
                foreach (var other in to[..Math.Min(to.Length, MostTies)]) Add(new InputRecord(name, client, other, client));
                foreach (var other in from[..Math.Min(from.Length, MostTies)]) Add(new InputRecord(name, other, client, client));
            }
        }

        private void Follow(int node, int party)
        {
            var type = market.Snapshot.Nodes.TypeOf(node);
            foreach (var (from, step) in Reach)
            {
                if (!type.Is(from)) continue;
                var table = market.Snapshot.Relationship(step.Relationship);
                foreach (var next in (step.Forward ? table.Out : table.In).Neighbours(node))
                {
                    var isNew = Add(step.Forward ? new InputRecord(step.Relationship, node, next, party) : new InputRecord(step.Relationship, next, node, party));
                    // Prices of what others hold move the client's score by others' statements; a broker, a device, an agreement are nobody's record.
                    var name = market.Snapshot.Nodes.TypeOf(next).Name;
                    if (!isNew || name is "Broker" or "Device" or "Agreement" || (name == "Security" && party != client)) continue;
                    Add(new InputRecord(null, next, -1, party));
                    Follow(next, party);
                }
            }
        }

        private bool Add(InputRecord record)
        {
            meter.Charge(WorkUnit.Edges, 1);
            if (!met.Add(record with { About = -1 })) return false;
            Records.Add(record);
            return true;
        }
    }
}
