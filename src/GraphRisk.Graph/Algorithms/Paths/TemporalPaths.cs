namespace GraphRisk.Graph.Algorithms.Paths;

/// <summary>How times follow each other along a path.</summary>
public enum TimeOrder
{
    /// <summary>Each step is later than the one before.</summary>
    Ascending,

    /// <summary>Each step is earlier than the one before.</summary>
    Descending,
}

/// <summary>
/// Paths whose times strictly ascend, or descend, step by step, as LDBC FinBench asks of transfers: what may be one flow of money.
/// Relationships without a time are not walked. A node may come again, since money may return; where an end is asked for, the path ends when it
/// first comes there, and start and end may be one.
/// <para>
/// Depth-first, one length after another. For an end, the latest time at which a node may be left to come there within some
/// steps is known up to half of the length (a search against the steps, each shorter number of steps before the longer); a step that comes too
/// late for that is not taken. Descending times are ascending ones with their sign changed.
/// </para>
/// </summary>
public static class TemporalPaths
{
    /// <summary>The paths, shortest first.</summary>
    /// <param name="walk">What is walked; its filters hold the window.</param>
    /// <param name="from">First node.</param>
    /// <param name="to">Last node; null for paths to any node, one for each number of steps.</param>
    /// <param name="order">How times follow each other.</param>
    /// <param name="limits">Most steps, paths and edges.</param>
    /// <param name="meter">Pays for it.</param>
    public static PathsFound Find(EdgeWalk walk, int from, int? to, TimeOrder order, PathLimits limits, WorkMeter meter) =>
        new Search(walk, from, to, order == TimeOrder.Ascending ? 1 : -1, limits, meter).Run();

    private sealed class Search(EdgeWalk walk, int from, int? to, int sign, PathLimits limits, WorkMeter meter)
    {
        private readonly EdgeAllowance allowance = new(meter, limits.Edges);
        private readonly PathCollection paths = new(from, limits.Paths);
        private readonly ByHops<long> latest = new();
        private readonly EdgeTimes?[] times = TimesOf(walk);

        private bool IsOver => paths.IsFull || allowance.IsSpent;

        public PathsFound Run()
        {
            if (to is { } end) LookBack(end, (limits.Hops + 1) / 2);
            for (var length = 1; length <= limits.Hops && !IsOver; length++) Extend(from, length, long.MinValue);
            return paths.Found(!allowance.IsSpent);
        }

        private static EdgeTimes?[] TimesOf(EdgeWalk walk)
        {
            var times = new EdgeTimes?[walk.Snapshot.Relationships.Length];
            foreach (var kind in walk.Kinds) times[kind.Table.Type.Ordinal] = kind.Times;
            return times;
        }

        private long? TimeOf(PathStep step) => times[step.Kind]?.At(step.Edge) * sign;

        private void LookBack(int end, int most)
        {
            var half = allowance.Half();
            List<int> front = [end];
            for (var hops = 1; hops <= most && front.Count > 0; hops++)
            {
                var next = new List<int>();
                foreach (var node in front)
                {
                    var leave = hops == 1 ? long.MaxValue : latest.Within(node, hops - 1)!.Value;
                    foreach (var step in walk.Into(node, half))
                    {
                        // The end is passed by no path, but may be its start.
                        if (hops > 1 && node == end) break;
                        if (TimeOf(step) is { } at && at < leave && latest.Offer(step.From, hops, at).IsFirst) next.Add(step.From);
                    }
                }

                if (half.IsSpent) return;
                (front, latest.Known) = (next, hops);
            }

            if (front.Count == 0) latest.Known = int.MaxValue;
        }

        private bool IsInTime(int node, int steps, long at) => to is null || steps > latest.Known || latest.Within(node, steps) > at;

        private void Extend(int node, int remaining, long after)
        {
            foreach (var step in walk.From(node, allowance))
            {
                if (IsOver) return;
                if (TimeOf(step) is not { } at || at <= after) continue;
                if (remaining == 1)
                {
                    if (to is null || step.To == to) paths.Add(step);
                    continue;
                }

                if (step.To == to || !IsInTime(step.To, remaining - 1, at)) continue;
                paths.Steps.Add(step);
                Extend(step.To, remaining - 1, at);
                paths.Steps.RemoveAt(paths.Steps.Count - 1);
            }
        }
    }
}
