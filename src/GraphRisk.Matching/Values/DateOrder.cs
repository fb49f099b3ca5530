namespace GraphRisk.Matching.Values;

/// <summary>Which of the two numbers beside a year is the month.</summary>
internal enum DateOrder
{
    /// <summary>Not said.</summary>
    Unknown,

    /// <summary>The first.</summary>
    MonthFirst,

    /// <summary>The second.</summary>
    DayFirst,
}
