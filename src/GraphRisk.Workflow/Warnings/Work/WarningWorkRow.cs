namespace GraphRisk.Workflow.Warnings.Work;

/// <summary>By what warnings of a broker are told apart.</summary>
public enum WarningDivision
{
    /// <summary>All in one row.</summary>
    All,

    /// <summary>The greatest urgency of their signs.</summary>
    Severity,

    /// <summary>The rules of their signs; a warning with signs of several counts under each.</summary>
    Rule,
}

/// <summary>What became of the warnings of one broker that were found in some days.</summary>
/// <param name="Broker">Code of the broker.</param>
/// <param name="Key">Severity or rule; ALL where they are not told apart.</param>
public sealed record WarningWorkRow(string Broker, string Key)
{
    /// <summary>Warnings that were opened.</summary>
    public int Opened { get; init; }

    /// <summary>Of them those a person took.</summary>
    public int Taken { get; init; }

    /// <summary>Median of the days from the opening to the first taking, of those taken, to two decimals; null where none was.</summary>
    public decimal? MedianDaysToTake { get; init; }

    /// <summary>Done with.</summary>
    public int Resolved { get; init; }

    /// <summary>Found to be nothing.</summary>
    public int FalseAlarms { get; init; }

    /// <summary>Passed on at least once, by a person or since nobody took them in time, whatever became of them after.</summary>
    public int Escalated { get; init; }

    /// <summary>Not settled yet.</summary>
    public int Open { get; init; }

    /// <summary>Of the open ones those nobody has taken.</summary>
    public int Untaken { get; init; }

    /// <summary>Rounds made in the days; null where warnings are told apart.</summary>
    public int? Rounds { get; init; }

    /// <summary>Clients cut from the rounds, each as often as it was: what the desk was not told of, since it cannot work more; null where warnings are told apart.</summary>
    public long? Cut { get; init; }
}
