namespace GraphRisk.Graph.Algorithms.Paths;

/// <summary>
/// The edges one search may look at. A search that has none left ends with what it has, and its answer says so; the meter it charges
/// may end the whole question instead.
/// </summary>
internal sealed class EdgeAllowance(WorkMeter meter, long edges)
{
    private long left = edges;

    /// <summary>More was wanted than may be looked at.</summary>
    public bool IsSpent => left < 0;

    /// <summary>Counts a node.</summary>
    public void TakeNode() => meter.Charge(WorkUnit.Nodes, 1);

    /// <summary>Counts edges before they are looked at.</summary>
    /// <param name="wanted">How many are wanted.</param>
    /// <returns>How many may be looked at.</returns>
    public int Take(int wanted)
    {
        var given = (int)Math.Min(wanted, Math.Max(left, 0));
        if (given > 0) meter.Charge(WorkUnit.Edges, given);
        left -= wanted;
        return given;
    }

    /// <summary>Half as much again, for what a search prepares.</summary>
    public EdgeAllowance Half() => new(meter, left / 2);
}
