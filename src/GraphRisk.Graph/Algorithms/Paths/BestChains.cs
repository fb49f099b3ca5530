using System.Collections.Immutable;

namespace GraphRisk.Graph.Algorithms.Paths;

/// <summary>What a chain is worth.</summary>
public enum ChainWorth
{
    /// <summary>The product of a part on each step, such as the shares along a chain of holdings. Parts lie above 0 and not above 1.</summary>
    Product,

    /// <summary>The least amount of its steps: what can pass through the whole chain.</summary>
    Least,
}

/// <summary>
/// The k most valuable paths between two nodes that meet no node twice.
/// <para>
/// Best-first search (A*, Hart, Nilsson and Raphael 1968) over the beginnings of paths. A beginning is worth at most its own value
/// together with the best value from where it stands to the end in the steps that are left, which is known exactly from a search against the steps
/// (Bellman 1958), the rule against meeting a node twice aside. No step makes a chain more valuable, so chains come off the queue best
/// first, and the k-th ends the search: what Yen's algorithm (1971) finds, without its k shortest-path searches, and with a bound on
/// steps. Of equal value the shorter comes first, then the one met first. Relationships without the number, or with none above zero, are not walked.
/// </para>
/// </summary>
public static class BestChains
{
    /// <summary>The chains, most valuable first, each with its value.</summary>
    /// <param name="walk">What is walked.</param>
    /// <param name="from">First node.</param>
    /// <param name="to">Last node, another one.</param>
    /// <param name="field">The number of relationships that counts.</param>
    /// <param name="worth">How numbers make a value.</param>
    /// <param name="limits">Most steps, chains and edges.</param>
    /// <param name="meter">Pays for it.</param>
    public static PathsFound Find(EdgeWalk walk, int from, int to, string field, ChainWorth worth, PathLimits limits, WorkMeter meter)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(from, to);
        return new Search(walk, from, to, field, worth, limits, meter).Run();
    }

    /// <summary>Beginnings that wait to be gone on with, beyond which the search ends with what it has: some fifty megabytes.</summary>
    private const int MostOpen = 500_000;

    private sealed record Beginning(Beginning? Before, PathStep Step, int Steps, decimal Value)
    {
        public bool Holds(int node)
        {
            for (var at = this; at is not null; at = at.Before)
                if (at.Step.To == node) return true;
            return false;
        }
    }

    private sealed class Search(EdgeWalk walk, int from, int to, string field, ChainWorth worth, PathLimits limits, WorkMeter meter)
    {
        private readonly EdgeAllowance allowance = new(meter, limits.Edges);
        private readonly ByHops<decimal> rest = new();
        private readonly PriorityQueue<Beginning, (decimal Bound, int Steps, long Met)> open = new();
        private readonly ImmutableArray<GraphPath>.Builder found = ImmutableArray.CreateBuilder<GraphPath>();
        private long met;

        private decimal Whole => worth == ChainWorth.Product ? 1 : decimal.MaxValue;

        public PathsFound Run()
        {
            LookBack();
            Continue(null, from, Whole);
            while (!IsOver && open.TryDequeue(out var best, out _))
            {
                if (best.Step.To != to) Continue(best, best.Step.To, best.Value);
                else if (found.Count == limits.Paths) return new PathsFound(found.ToImmutable(), IsComplete: false);
                else found.Add(PathOf(best));
            }

            return new PathsFound(found.ToImmutable(), !IsOver);
        }

        private bool IsOver => allowance.IsSpent || open.Count > MostOpen;

        private decimal With(decimal value, decimal more) => worth == ChainWorth.Product ? value * more : Math.Min(value, more);

        private decimal? Worth(PathStep step) => walk.Number(step, field) is > 0 and var number ? number : null;

        /// <summary>The best value from nodes to the end by steps left, as far as half of the allowance goes.</summary>
        private void LookBack()
        {
            var half = allowance.Half();
            List<int> front = [to];
            for (var hops = 1; hops < limits.Hops && front.Count > 0; hops++)
            {
                var next = new List<int>();
                foreach (var node in front)
                {
                    var value = hops == 1 ? Whole : rest.Within(node, hops - 1)!.Value;
                    foreach (var step in walk.Into(node, half))
                        if (step.From != to && Worth(step) is { } number && rest.Offer(step.From, hops, With(number, value)).IsFirst) next.Add(step.From);
                }

                if (half.IsSpent) return;
                (front, rest.Known) = (next, hops);
            }

            if (front.Count == 0) rest.Known = int.MaxValue;
        }

        private void Continue(Beginning? before, int node, decimal value)
        {
            var steps = (before?.Steps ?? 0) + 1;
            if (steps > limits.Hops) return;
            foreach (var step in walk.From(node, allowance))
            {
                if (step.To == from || Worth(step) is not { } number || before?.Holds(step.To) == true) continue;
                var worthNow = With(value, number);
                if (BoundOf(step.To, worthNow, limits.Hops - steps) is not { } bound) continue;
                open.Enqueue(new Beginning(before, step, steps, worthNow), (-bound, steps, met++));
            }
        }

        private decimal? BoundOf(int node, decimal value, int left)
        {
            if (node == to) return value;
            if (left > rest.Known) return value;
            return rest.Within(node, left) is { } most ? With(value, most) : null;
        }

        private GraphPath PathOf(Beginning last)
        {
            var steps = new PathStep[last.Steps];
            for (var at = last; at is not null; at = at.Before) steps[at.Steps - 1] = at.Step;
            return new GraphPath(from, [.. steps], last.Value);
        }
    }
}
