namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>How holdings are read and checked.</summary>
/// <param name="OverAllocationTolerance">
/// How far the parts of a company may add to more than 1 before it is reported; registers round to four digits.
/// </param>
public sealed record HoldingParameters(decimal OverAllocationTolerance)
{
    /// <summary>Two rounding steps of a register of four digits.</summary>
    public static HoldingParameters Default { get; } = new(0.0001m);
}
