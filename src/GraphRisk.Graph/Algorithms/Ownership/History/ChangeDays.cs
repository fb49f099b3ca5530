using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;

namespace GraphRisk.Graph.Algorithms.Ownership.History;

/// <summary>
/// The days on which who owns or controls a company may have changed: those on which the validity of a fact begins or ends that says who
/// holds it, holds its holders and so on up, who stands behind nominees and arrangements among these, and who is bound by an agreement.
/// <para>
/// Facts are read about one party after another, from the company upwards, whenever they held up to the last day: a holder that is gone
/// leads further as one that is there. A day more than needed does no harm, since nothing is found to differ on it. Cost: a read of the
/// store for each record upstream; a party with more ties than <see cref="MostTies"/>, and what lies beyond <see cref="MostParties"/>, is not
/// looked at, and the answer says so.
/// </para>
/// </summary>
/// <param name="Days">The days after the first one, ascending; the last one is among them only where something begins or ends on it.</param>
/// <param name="IsComplete">False where parties were not looked at.</param>
public sealed record ChangeDays(ImmutableArray<DateOnly> Days, bool IsComplete)
{
    private const int StepsOfRead = 30_000;
    private const int MostParties = 2_000;
    private const int MostTies = 20_000;

    /// <summary>Finds the days.</summary>
    /// <param name="store">The store.</param>
    /// <param name="last">What is seen of it on the last day; facts it does not cover are not read.</param>
    /// <param name="company">Node of the company there.</param>
    /// <param name="from">The first day, at whose close the history begins.</param>
    /// <param name="meter">Pays for the reads.</param>
    /// <param name="cancellation">Ends the reads.</param>
    public static async ValueTask<ChangeDays> FindAsync(IGraphStore store, Snapshot last, int company, DateOnly from, WorkMeter meter, CancellationToken cancellation = default)
    {
        var found = new Search(last, from);
        found.Reach(company);
        while (found.Next() is { } node)
        {
            foreach (var member in last.Nodes.MembersOf(node))
            {
                meter.Charge(StepsOfRead);
                var facts = await store.FindAsync(member, last.Stamp.Version, withRelationships: true, cancellation);
                found.Look(node, [.. meter.Along(facts.Where(recorded => recorded.Kind == ChangeKind.Assert && last.Covers(recorded.Fact))).Select(recorded => recorded.Fact)]);
            }
        }

        return new ChangeDays([.. found.Days], found.IsComplete);
    }

    /// <summary>What has been met on the way up.</summary>
    private sealed class Search(Snapshot last, DateOnly from)
    {
        private readonly HashSet<int> met = [];
        private readonly Queue<int> work = new();

        public SortedSet<DateOnly> Days { get; } = [];

        public bool IsComplete { get; private set; } = true;

        public void Reach(int node)
        {
            if (node >= 0 && met.Add(node)) work.Enqueue(node);
        }

        public int? Next()
        {
            while (work.TryDequeue(out var node))
            {
                if (met.Count - work.Count <= MostParties && TiesOf(node) <= MostTies) return node;
                IsComplete = false;
            }

            return null;
        }

        public void Look(int node, List<Fact> facts)
        {
            var kinds = facts.OfType<NodeFact>().Where(fact => fact.Properties.TryGet("kind", out _)).ToList();
            var areSeveral = kinds.Select(KindOf).Distinct().Count() > 1;
            foreach (var fact in kinds)
                if (areSeveral || fact.Node.Type == "Agreement" || KindOf(fact) == "ARRANGEMENT") Mark(fact);
            foreach (var fact in facts.OfType<RelationshipFact>()) Look(node, fact);
        }

        /// <summary>What of a party's relationships says who is behind it, or with whom it acts.</summary>
        private void Look(int node, RelationshipFact fact)
        {
            var (start, end) = (last.Nodes.Find(fact.From), last.Nodes.Find(fact.To));
            switch (fact.Relationship)
            {
                case "HOLDS" when end == node:
                    Mark(fact);
                    Reach(start);
                    break;
                case "RELATED_TO" when Word(fact, "kind") is { } kind && (Nominations.Says(kind) || Arrangements.NamesRole(kind)):
                case "OFFICER_OF" when end == node && Word(fact, "role") is { } role && Arrangements.NamesRole(role):
                    Mark(fact);
                    Reach(start == node ? end : start);
                    break;
                case "BOUND_BY":
                    Mark(fact);
                    if (start == node) Reach(end);
                    break;
                case "VOTES_IN" when start == node:
                    Mark(fact);
                    break;
            }
        }

        private void Mark(Fact fact)
        {
            Mark(DateOnly.FromDateTime(fact.Validity.From.UtcDateTime));
            if (fact.Validity.To != DateTimeOffset.MaxValue) Mark(DateOnly.FromDateTime(fact.Validity.To.UtcDateTime));
            if (fact is not NodeFact { Node.Type: "Agreement" } agreement) return;
            if (agreement.Properties.TryGet("concludedOn", out var concluded)) Mark(concluded.AsDate());
            // The last day of an agreement counts.
            if (agreement.Properties.TryGet("endsOn", out var ends) && ends.AsDate() < DateOnly.MaxValue) Mark(ends.AsDate().AddDays(1));
        }

        private void Mark(DateOnly day)
        {
            if (day > from && day <= last.Stamp.AsOfDay) Days.Add(day);
        }

        private long TiesOf(int node) => last.Relationships.Sum(table => (long)table.In.Degree(node) + table.Out.Degree(node));

        private static string? KindOf(NodeFact fact) => fact.Properties.TryGet("kind", out var kind) ? kind.AsString() : null;

        private static string? Word(RelationshipFact fact, string field) => fact.Properties.TryGet(field, out var word) ? word.AsString() : null;
    }
}
