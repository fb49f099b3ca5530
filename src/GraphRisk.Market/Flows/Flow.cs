namespace GraphRisk.Market.Flows;

/// <summary>Money that moved once, or a sign-in, a guarantee, a holding: one dated relationship.</summary>
/// <param name="From">Node it starts at.</param>
/// <param name="To">Node it ends at.</param>
/// <param name="At">When, in milliseconds since 1970; <see cref="Undated"/> where the source gives no instant.</param>
/// <param name="Amount">How much; 0 where the source gives none.</param>
public readonly record struct Flow(int From, int To, long At, decimal Amount)
{
    /// <summary>Stands for "no instant": before every window.</summary>
    public const long Undated = long.MinValue;
}

/// <summary>A window of time, both ends excluded, in milliseconds since 1970.</summary>
/// <param name="After">What happened later counts.</param>
/// <param name="Before">What happened earlier counts.</param>
public readonly record struct FlowWindow(long After, long Before)
{
    /// <summary>Everything that has a date.</summary>
    public static FlowWindow Always { get; } = new(Flow.Undated, long.MaxValue);

    public bool Contains(long at) => After < at && at < Before;

    public bool Contains(in Flow flow) => Contains(flow.At);
}

/// <summary>Which flows of a node come first where not all are followed.</summary>
public enum TruncationOrder
{
    /// <summary>The latest.</summary>
    TimestampDescending,

    /// <summary>The earliest.</summary>
    TimestampAscending,

    /// <summary>The largest.</summary>
    AmountDescending,

    /// <summary>The smallest.</summary>
    AmountAscending,
}

/// <summary>Names of orders as FinBench writes them, such as <c>TIMESTAMP_DESCENDING</c>.</summary>
public static class FlowOrders
{
    /// <summary>The order of a name.</summary>
    /// <exception cref="InvalidDataException">There is none of that name.</exception>
    public static TruncationOrder Parse(string name) =>
        Enum.TryParse<TruncationOrder>(name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var order) && Enum.IsDefined(order)
            ? order : throw new InvalidDataException($"'{name}' is no order of truncation: TIMESTAMP_DESCENDING, TIMESTAMP_ASCENDING, AMOUNT_DESCENDING or AMOUNT_ASCENDING.");
}

/// <summary>
/// How many flows of a node a step follows at most, which bounds what hubs cost. It cuts what the node has, before any window or threshold
/// is looked at, so that what is followed does not depend on what is asked for. Ties go to the far end with the smaller id,
/// then to the larger amount, then to the earlier flow.
/// </summary>
/// <param name="Limit">How many, at least 1.</param>
/// <param name="Order">Which come first.</param>
public readonly record struct Truncation(int Limit, TruncationOrder Order)
{
    /// <summary>All are followed.</summary>
    public static Truncation None { get; } = new(int.MaxValue, TruncationOrder.TimestampDescending);

    /// <summary>Orders flows, those that come first first; 0 where they tie.</summary>
    internal int Compare(in Flow left, in Flow right) => Order switch
    {
        TruncationOrder.TimestampDescending => right.At.CompareTo(left.At),
        TruncationOrder.TimestampAscending => left.At.CompareTo(right.At),
        TruncationOrder.AmountDescending => right.Amount.CompareTo(left.Amount),
        TruncationOrder.AmountAscending => left.Amount.CompareTo(right.Amount),
        _ => throw new InvalidOperationException($"Unknown order {Order}."),
    };
}
