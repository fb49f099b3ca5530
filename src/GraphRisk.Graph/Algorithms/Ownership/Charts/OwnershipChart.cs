using System.Collections.Immutable;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Ownership.Charts;

/// <summary>Which way a chart goes from the party it is drawn of.</summary>
public enum ChartDirection
{
    /// <summary>To whoever holds it, and so on.</summary>
    Up,

    /// <summary>To what it holds, and so on; who else holds parts of that stands beside, one step away.</summary>
    Down,
    Both,
}

/// <summary>What is drawn.</summary>
/// <param name="Direction">Which way.</param>
/// <param name="Levels">How many steps from the party.</param>
/// <param name="MostParties">How many parties at most.</param>
public sealed record ChartQuestion(ChartDirection Direction, int Levels = int.MaxValue, int MostParties = 100_000);

/// <summary>A tie that says for whom a nominee or an arrangement holds.</summary>
/// <param name="Party">Node of the party named.</param>
/// <param name="Subject">Node of the nominee or arrangement it is named for.</param>
/// <param name="Word">The kind of tie, or the office, as stated.</param>
public sealed record ChartTie(int Party, int Subject, string Word);

/// <summary>
/// The holdings around a party as they are stated: nothing added up, nothing looked through. With them the ties that say for whom nominees and
/// arrangements among the parties hold, and the agreements in force that bind some of them.
/// <para>
/// A chart upwards that is complete holds all that an answer on the party's owners and controllers rests on, agreements included; what others
/// hold elsewhere changes neither. Parties by node, holdings by their number in the snapshot. Cost: the ties of all parties on it.
/// </para>
/// </summary>
/// <param name="Of">Node of the party it is drawn of.</param>
/// <param name="Parties">Nodes, ascending.</param>
/// <param name="Holdings">Numbers of the relationships HOLDS, ascending, with their ends.</param>
/// <param name="Ties">By party, subject and word.</param>
/// <param name="Agreements">Agreements in force that bind one of the parties.</param>
/// <param name="IsComplete">False where levels or parties ended it.</param>
public sealed record OwnershipChart(
    int Of, ImmutableArray<int> Parties, ImmutableArray<(int Edge, int Holder, int Company)> Holdings, ImmutableArray<ChartTie> Ties, ImmutableArray<ConcertAgreement> Agreements, bool IsComplete)
{
    /// <summary>Draws the chart of a party.</summary>
    public static OwnershipChart Draw(Snapshot snapshot, int party, ChartQuestion question, WorkMeter meter)
    {
        var drawing = new Drawing(snapshot, question, meter);
        if (question.Direction != ChartDirection.Down) drawing.Go(party, up: true);
        if (question.Direction != ChartDirection.Up) drawing.Go(party, up: false);
        return drawing.Finish(party);
    }

    /// <summary>Draws all parties of a snapshot with all they hold: the chart somebody else drew, who chose what is in it.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="party">The party it is drawn of.</param>
    /// <param name="isComplete">Whether it holds all there is.</param>
    /// <param name="meter">Who pays.</param>
    public static OwnershipChart OfAll(Snapshot snapshot, int party, bool isComplete, WorkMeter meter)
    {
        var drawing = new Drawing(snapshot, new ChartQuestion(ChartDirection.Both, MostParties: int.MaxValue), meter);
        for (var node = 0; node < snapshot.Nodes.Count; node++) drawing.Add(node);
        return drawing.Finish(party) with { IsComplete = isComplete };
    }

    private sealed class Drawing(Snapshot snapshot, ChartQuestion question, WorkMeter meter)
    {
        private readonly RelationshipTable holds = snapshot.Relationship("HOLDS");
        private readonly RelationshipTable related = snapshot.Relationship("RELATED_TO");
        private readonly RelationshipTable offices = snapshot.Relationship("OFFICER_OF");
        private readonly SortedSet<int> parties = [];
        private readonly SortedSet<(int Edge, int Holder, int Company)> holdings = [];
        private readonly SortedSet<(int Party, int Subject, string Word)> ties = [];
        private bool isComplete = true;

        public void Go(int start, bool up)
        {
            var levels = new Dictionary<int, int> { [start] = 0 };
            var work = new Queue<int>(levels.Keys);
            parties.Add(start);
            while (work.TryDequeue(out var node))
            {
                meter.ChargeNode(up ? holds.In.Degree(node) : holds.Out.Degree(node));
                foreach (var next in Step(node, up, levels[node] < question.Levels))
                    if (levels.TryAdd(next, levels[node] + 1)) work.Enqueue(next);
            }
        }

        /// <summary>A party with who holds parts of it and the ties it is named in.</summary>
        public void Add(int party)
        {
            parties.Add(party);
            Beside(party);
            ties.UnionWith(TiesOf(party));
        }

        public OwnershipChart Finish(int party) => new(
            party, [.. parties], [.. holdings], [.. ties.Select(tie => new ChartTie(tie.Party, tie.Subject, tie.Word))],
            [.. ConcertAgreement.InForce(snapshot).Where(agreement => agreement.Members.Any(parties.Contains))], isComplete);

        /// <summary>Who comes after a party, with the holdings and ties that lead there; no further than is asked.</summary>
        private List<int> Step(int node, bool up, bool further)
        {
            var found = new List<int>();
            var edges = up ? Into(node) : OutOf(node);
            if (edges.Count > 0 && !further) isComplete = false;
            if (!further) edges = [];
            foreach (var edge in edges)
            {
                if (!Admit(up ? edge.Holder : edge.Company)) continue;
                holdings.Add(edge);
                found.Add(up ? edge.Holder : edge.Company);
                if (!up) Beside(edge.Company);
            }

            foreach (var tie in TiesOf(node))
            {
                var other = tie.Party == node ? tie.Subject : tie.Party;
                if (!further && !parties.Contains(other)) isComplete = false;
                if (!further || !Admit(other)) continue;
                ties.Add(tie);
                found.Add(other);
            }

            return found;
        }

        /// <summary>Who else holds parts of a company: what is left for the others follows from it.</summary>
        private void Beside(int company)
        {
            meter.ChargeNode(holds.In.Degree(company));
            foreach (var edge in Into(company))
                if (Admit(edge.Holder)) holdings.Add(edge);
        }

        private bool Admit(int node)
        {
            if (parties.Contains(node)) return true;
            if (parties.Count < question.MostParties) return parties.Add(node);
            isComplete = false;
            return false;
        }

        private List<(int Edge, int Holder, int Company)> Into(int company)
        {
            var (start, end) = holds.In.Range(company);
            return [.. Enumerable.Range(start, end - start).Select(place => (holds.InEdge(place), holds.In.Target(place), company))];
        }

        private List<(int Edge, int Holder, int Company)> OutOf(int holder)
        {
            var (start, end) = holds.Out.Range(holder);
            return [.. Enumerable.Range(start, end - start).Select(edge => (edge, holder, holds.Out.Target(edge)))];
        }

        private IEnumerable<(int Party, int Subject, string Word)> TiesOf(int node)
        {
            foreach (var (table, field) in new[] { (related, "kind"), (offices, "role") })
            {
                if (table.ColumnOf(field) is not { } words) continue;
                meter.ChargeNode(table.In.Degree(node) + table.Out.Degree(node));
                var (start, end) = table.In.Range(node);
                for (var place = start; place < end; place++)
                    if (words.Get(table.InEdge(place))?.AsString() is { } word && IsBehind(word, table)) yield return (table.In.Target(place), node, word);
                (start, end) = table.Out.Range(node);
                for (var edge = start; edge < end; edge++)
                    if (words.Get(edge)?.AsString() is { } word && IsBehind(word, table)) yield return (node, table.Out.Target(edge), word);
            }
        }

        private bool IsBehind(string word, RelationshipTable table) => Arrangements.NamesRole(word) || (table == related && Nominations.Says(word));
    }
}
