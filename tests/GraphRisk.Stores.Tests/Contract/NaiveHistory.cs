using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;

namespace GraphRisk.Stores.Tests.Contract;

/// <summary>
/// What a store ought to answer, worked out for every version by going through all sets from the first: slow and obvious.
/// </summary>
internal sealed class NaiveHistory
{
    private readonly List<ChangeSet> sets = [];
    private readonly Dictionary<long, (Dictionary<FactId, State> States, long Version)> replayed = [];

    /// <summary>Adds a set whose id did not occur before.</summary>
    public void Append(ChangeSet set)
    {
        sets.Add(set);
        replayed.Clear();
    }

    /// <summary>Number of the newest version.</summary>
    public long Newest => Replay(long.MaxValue).Version;

    /// <summary>Facts known at a version that begin at or before an instant, in order of first recording.</summary>
    public List<Fact> Known(long version, DateTimeOffset asOf, IReadOnlyCollection<string>? types = null) =>
        [.. Replay(version).States.Values
            .Where(state => state.Believed && state.Fact.Validity.From <= asOf && types?.Contains(state.Fact.Type) != false)
            .OrderBy(state => state.First).Select(state => state.Fact)];

    public List<Fact> About(NodeId node, long version, bool withRelationships) =>
        [.. Known(version, DateTimeOffset.MaxValue).Where(fact =>
            fact is NodeFact own ? own.Node == node
            : withRelationships && fact is RelationshipFact edge && (edge.From == node || edge.To == node))];

    public List<NodeId> With(SchemaCatalog catalog, string scheme, string value, long version)
    {
        bool Carries(NodeFact fact) => catalog.Node(fact.Node.Type).Fields.Any(field =>
            field.IdentifierScheme == scheme && fact.Properties.TryGet(field.Name, out var held)
            && (held.Kind == FieldKind.StringList ? held.AsStrings().Contains(value) : held.AsString() == value));
        return [.. Known(version, DateTimeOffset.MaxValue).OfType<NodeFact>().Where(Carries).Select(fact => fact.Node).Distinct().Order()];
    }

    private (Dictionary<FactId, State> States, long Version) Replay(long throughVersion)
    {
        if (!replayed.TryGetValue(throughVersion, out var result)) replayed.Add(throughVersion, result = ReplayAnew(throughVersion));
        return result;
    }

    private (Dictionary<FactId, State> States, long Version) ReplayAnew(long throughVersion)
    {
        var states = new Dictionary<FactId, State>();
        long version = 0, sequence = 0;
        foreach (var set in sets)
        {
            var changed = false;
            var before = new Dictionary<FactId, State>(states);
            var ids = set.Changes.Select(change => change.Fact.Id).ToList();
            for (var i = 0; i < set.Changes.Length; i++)
            {
                var (kind, fact) = set.Changes[i];
                if (ids.LastIndexOf(ids[i]) > i) continue;
                var known = states.TryGetValue(ids[i], out var state);
                if (kind == ChangeKind.Retract && !(known && state.Believed)) continue;
                if (kind == ChangeKind.Assert && known && state.Believed && state.Fact.Equals(fact)) continue;
                sequence++;
                states[ids[i]] = kind == ChangeKind.Assert
                    ? new State(fact, true, known ? state.First : sequence) : state with { Believed = false };
                changed = true;
            }

            if (!changed) continue;
            if (++version <= throughVersion) continue;
            return (before, version - 1);
        }

        return (states, version);
    }

    private readonly record struct State(Fact Fact, bool Believed, long First);
}
