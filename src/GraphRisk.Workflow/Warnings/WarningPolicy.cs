using GraphRisk.Market.Configuration;

namespace GraphRisk.Workflow.Warnings;

/// <summary>What a broker's desk can work, and by what its warnings are judged.</summary>
public sealed record WarningPolicy
{
    /// <summary>Clients a desk can be warned of a day.</summary>
    public int Capacity { get; init; } = 20;

    /// <summary>Trading days within which a default makes a warning true: a quarter.</summary>
    public int Horizon { get; init; } = 61;

    /// <summary>Trading days before a default from which on a warning of it is in time.</summary>
    public int Lead { get; init; } = 5;

    /// <summary>Working days in which one that was put off has to be taken again.</summary>
    public int TakeAgainWithinDays { get; init; } = 1;

    /// <summary>What holds where a broker has none of its own.</summary>
    public static BrokerSetting<WarningPolicy> Common { get; } = new(Dated.Always(new WarningPolicy()));
}
