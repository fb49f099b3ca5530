using GraphRisk.Simulation.Community;

namespace GraphRisk.Simulation.Credit;

/// <summary>Intensity that failures of neighbours lay on a debtor, kept by neighbour; it takes effect a month later and fades.</summary>
public sealed class NeighbourIntensity
{
    /// <summary>Below this nothing is left to tell.</summary>
    private const double Cold = 1e-7;
    private readonly List<Source> landed = [];
    private readonly List<Source> pending = [];

    /// <summary>One failure of one neighbour.</summary>
    public readonly record struct Source(Party From, DateOnly FailedOn, double Intensity);

    /// <summary>What is in effect.</summary>
    public double Total { get; private set; }

    /// <summary>The source with most of what is in effect, the earlier of equals; null where nothing is.</summary>
    public Source? Largest
    {
        get
        {
            Source? largest = null;
            foreach (var source in landed)
                if (largest is null || source.Intensity > largest.Value.Intensity) largest = source;
            return largest;
        }
    }

    /// <summary>Takes effect from the next month on; what comes of one failure along several ties is one.</summary>
    public void Add(Party from, DateOnly failedOn, double intensity)
    {
        var same = pending.FindIndex(s => s.From == from && s.FailedOn == failedOn);
        if (same < 0) pending.Add(new Source(from, failedOn, intensity));
        else pending[same] = pending[same] with { Intensity = pending[same].Intensity + intensity };
    }

    /// <param name="persistence">Part of what was in effect that is left.</param>
    public void BeginMonth(double persistence)
    {
        for (var i = 0; i < landed.Count; i++) landed[i] = landed[i] with { Intensity = landed[i].Intensity * persistence };
        landed.RemoveAll(s => s.Intensity < Cold);
        landed.AddRange(pending);
        pending.Clear();
        Total = 0;
        foreach (var source in landed) Total += source.Intensity;
    }
}
