using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Market.Credit;

/// <summary>Who stands on lists of some kinds in force. Read once; immutable.</summary>
public sealed class ListedRecords
{
    /// <summary>The kind of lists of sanctions.</summary>
    public const string Sanction = "SANCTION";

    /// <summary>Kinds of lists that speak against whoever stands on them: sanctions, dishonest debtors, enforcement, restricted consumption, disqualification.</summary>
    public static ImmutableArray<string> Serious { get; } = ["DISHONEST_DEBTOR", "DISQUALIFICATION", Sanction, "ENFORCEMENT", "CONSUMPTION_RESTRICTION"];

    private static readonly string[] Fields = ["list", "authority", "programme"];

    private readonly Snapshot snapshot;

    internal ListedRecords(Snapshot snapshot, Parties parties, PublicRecords records, ImmutableArray<string> kinds, WorkMeter meter)
    {
        this.snapshot = snapshot;
        var lists = snapshot.Relationship("LISTED_AS").Out;
        var found = ImmutableArray.CreateBuilder<(int, ImmutableArray<int>)>();
        for (var party = 0; party < parties.Count; party++)
        {
            var node = parties.NodeOf(party);
            meter.Charge(WorkUnit.Nodes, 1);
            if (!snapshot.Nodes.IsNode(node) || lists.Degree(node) == 0) continue;
            ImmutableArray<int> entries = [.. records.EntriesInForce(node).Where(entry => entry.Kind is { } kind && kinds.Contains(kind)).Select(entry => entry.Entry)];
            if (!entries.IsEmpty) found.Add((node, entries));
        }

        Listed = found.ToImmutable();
    }

    /// <summary>Nodes of the parties on any such list, in the order of the parties, each with the entries in force, by node.</summary>
    public ImmutableArray<(int Party, ImmutableArray<int> Entries)> Listed { get; }

    /// <summary>Nodes of the parties on a list of which the name, authority or programme contains one of some words; on any list where there are none.</summary>
    public IEnumerable<int> On(IReadOnlyCollection<string> words) => Listed
        .Where(one => words.Count == 0 || one.Entries.Any(entry => Fields.Any(field => snapshot.Nodes.GetString(entry, field) is { } text && words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)))))
        .Select(one => one.Party);
}
