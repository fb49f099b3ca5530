using GraphRisk.Graph.Algorithms;
using GraphRisk.Market.Credit;
using GraphRisk.Market.Networks;

namespace GraphRisk.Market.Contagion;

/// <summary>What can be seen of a party's own trouble; each from 0, nothing, to 1.</summary>
public enum TroubleSignal
{
    /// <summary><see cref="Credit.Distress"/>.</summary>
    Distress,

    /// <summary>1 where it defaulted or was listed within the last 30 days, cured or not.</summary>
    FailedInMonth,

    /// <summary>The same within 91 days.</summary>
    FailedInQuarter,

    /// <summary>The same within 365 days.</summary>
    FailedInYear,

    /// <summary>1 where it was called for margin within 91 days.</summary>
    CalledInQuarter,

    /// <summary>What it owes under contracts to what it could pay with, at most 1.</summary>
    Leverage,
}

/// <summary>
/// What is carried over the links: the signals of every party, and their sums over one step of the exposures, weighted by
/// impact. Sums, not averages (Xu, Hu, Leskovec and Jegelka 2019: a mean forgets how many neighbours there are), so a sound neighbour
/// more hides no trouble, and taking a link away never adds any. Recency is told in three windows, so how fast a failure
/// fades is for whoever reads them to learn. One pass over parties; an answer costs the exposures of those one step away.
/// </summary>
public sealed class TroubleSignals
{
    private const int Month = 30;
    private const int Quarter = 91;
    private const int Year = 365;

    private readonly Exposures exposures;
    private readonly float[] signals;

    internal TroubleSignals(Parties parties, CreditEvents events, Distress distress, Means means, double[] debts, Exposures exposures, WorkMeter meter)
    {
        this.exposures = exposures;
        signals = new float[parties.Count * Count];
        for (var party = 0; party < parties.Count; party++)
        {
            meter.ChargeNode(1);
            var (since, owed) = (distress.DaysSinceFailure(party), debts[party]);
            var own = signals.AsSpan(party * Count, Count);
            own[(int)TroubleSignal.Distress] = (float)distress.Of(party);
            own[(int)TroubleSignal.FailedInMonth] = since <= Month ? 1 : 0;
            own[(int)TroubleSignal.FailedInQuarter] = since <= Quarter ? 1 : 0;
            own[(int)TroubleSignal.FailedInYear] = since <= Year ? 1 : 0;
            own[(int)TroubleSignal.CalledInQuarter] = owed > 0 && events.HistoryOf(parties.NodeOf(party)).DaysSinceCall <= Quarter ? 1 : 0;
            own[(int)TroubleSignal.Leverage] = owed > 0 ? (float)Math.Min(1, owed / means.Of(party)) : 0;
        }
    }

    /// <summary>Number of signals.</summary>
    public static int Count { get; } = Enum.GetValues<TroubleSignal>().Length;

    /// <summary>The signals of a party, by <see cref="TroubleSignal"/>.</summary>
    public ReadOnlySpan<float> Of(int party) => signals.AsSpan(party * Count, Count);

    /// <summary>Adds the signals of a party, each times a weight.</summary>
    public void Add(int party, double weight, Span<double> sums)
    {
        var own = Of(party);
        for (var signal = 0; signal < own.Length; signal++) sums[signal] += weight * own[signal];
    }

    /// <summary>Adds what a neighbour is exposed to, weighted by both steps; what leads back to the party that asks is left out.</summary>
    /// <param name="party">Who asks.</param>
    /// <param name="neighbour">One step away.</param>
    /// <param name="weight">Of the step to it.</param>
    /// <param name="sums">By signal.</param>
    public void AddBeyond(int party, int neighbour, double weight, Span<double> sums)
    {
        foreach (var further in exposures.Of(neighbour))
            if (further.To != party) Add(further.To, weight * further.Impact, sums);
    }
}
