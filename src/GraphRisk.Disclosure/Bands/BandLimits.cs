namespace GraphRisk.Disclosure.Bands;

/// <summary>Limits of the bands of one quantity from a day on.</summary>
/// <param name="Quantity">Of what.</param>
/// <param name="From">First day of the quarter from which they hold.</param>
/// <param name="Low">Where LOW begins, inclusive; below it there is NONE.</param>
/// <param name="Medium">Where MEDIUM begins, inclusive.</param>
/// <param name="High">Where HIGH begins, inclusive.</param>
public sealed record BandLimits(Quantity Quantity, DateOnly From, decimal Low, decimal Medium, decimal High)
{
    /// <summary>The band of a number, by its size.</summary>
    public Band Of(double number) => Math.Abs(number) switch
    {
        var size when size < (double)Low => Band.None,
        var size when size < (double)Medium => Band.Low,
        var size when size < (double)High => Band.Medium,
        _ => Band.High,
    };
}
