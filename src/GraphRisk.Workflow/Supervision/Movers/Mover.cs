using GraphRisk.Graph.Facts;

namespace GraphRisk.Workflow.Supervision.Movers;

/// <summary>Who or what moved.</summary>
public enum MoverSubject
{
    Client,
    Broker,
    Security,
}

/// <summary>The figure by which movers are ranked.</summary>
public enum MoverFigure
{
    /// <summary>The grade, in steps of the table of grades; among those that moved as many steps the probability of default.</summary>
    Grade,

    /// <summary>What is owed, or taken as collateral; one that was not there had nothing.</summary>
    Exposure,

    /// <summary>Assets to debt over margin contracts with debt.</summary>
    Ratio,

    /// <summary>How much hangs on one thing; see <see cref="MoverFigures.Concentration"/>.</summary>
    Concentration,
}

/// <summary>Figures of a client, broker or security on a day; null where there is none.</summary>
public sealed record MoverFigures
{
    /// <summary>Grade of a client; of a broker that of its debt-weighted probability of default; a security has none.</summary>
    public string? Grade { get; init; }

    /// <summary>Probability of default of a client; of a broker its clients', weighted by their debt to it.</summary>
    public double? ProbabilityOfDefault { get; init; }

    /// <summary>Owed by a client to all brokers, or to a broker by all; of a security the value of what all brokers have taken as collateral. Yuan.</summary>
    public decimal? Exposure { get; init; }

    /// <summary>Assets to debt over margin contracts with debt, 1 = 100%; a security has none.</summary>
    public decimal? Ratio { get; init; }

    /// <summary>
    /// 0 to 1: of a client the part of one security in the securities that secure its debts; of a broker the Herfindahl index of its financing over clients; of a security the part of the shares
    /// outstanding that brokers have taken.
    /// </summary>
    public decimal? Concentration { get; init; }
}

/// <summary>One that moved between two days.</summary>
/// <param name="Subject">Its id on the later day; on the earlier one where it is there no more.</param>
/// <param name="Then">On the earlier day; null where it was not there.</param>
/// <param name="Now">On the later day; null where it is there no more.</param>
/// <param name="Movement">Now less then of the figure asked for; of grades the steps towards the worst.</param>
public sealed record Mover(NodeId Subject, MoverFigures? Then, MoverFigures? Now, decimal Movement);
