namespace GraphRisk.Simulation.National;

/// <summary>An account of several securities held on credit, marked day by day; it stands for many of its kind.</summary>
/// <param name="held">Securities, each once.</param>
/// <param name="values">What each is worth at first, yuan.</param>
/// <param name="target">Assets to debt at first, to which it returns slowly when prices rise.</param>
public sealed class LargeAccount(int[] held, double[] values, double target)
{
    private const double Releverage = 0.003;

    public int[] Held => held;

    public double Value { get; private set; } = values.Sum();

    public double Debt { get; private set; } = values.Sum() / target;

    public void Mark(ReadOnlySpan<double> returns)
    {
        Value = 0;
        for (var i = 0; i < held.Length; i++) Value += values[i] *= 1 + returns[held[i]];
        Debt += Releverage * Math.Max(0, (Value / target) - Debt);
    }

    public double ValueOfTraded(ReadOnlySpan<bool> suspended)
    {
        var sum = 0.0;
        for (var i = 0; i < held.Length; i++)
            if (!suspended[held[i]]) sum += values[i];
        return sum;
    }

    /// <summary>Sells a part of one holding and repays debt with it; returns what it was worth.</summary>
    public double Sell(int index, double part)
    {
        var sold = values[index] * part;
        values[index] -= sold;
        Value -= sold;
        Debt = Math.Max(0, Debt - sold);
        return sold;
    }
}
