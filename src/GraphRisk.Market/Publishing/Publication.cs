using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Market.Publishing;

/// <summary>
/// What is derived from the facts as of a day and is worth seeing beside them: the parties as resolution joined them, the
/// ties between them, groups, findings, what they owe, scores. Ids are those of the snapshot, which GraphQL uses too.
/// </summary>
/// <param name="Stamp">The snapshot it is derived from.</param>
public sealed record Publication(SnapshotStamp Stamp)
{
    /// <summary>Version of the model that made the scores; null where there are none.</summary>
    public string? ModelVersion { get; init; }

    /// <summary>Every party, in the order of the snapshot.</summary>
    public ImmutableArray<PublishedParty> Parties { get; init; } = [];

    /// <summary>Ties between parties.</summary>
    public ImmutableArray<PublishedTie> Ties { get; init; } = [];

    /// <summary>Groups of parties.</summary>
    public ImmutableArray<PublishedGroup> Groups { get; init; } = [];

    /// <summary>What is wrong or remarkable in the graph.</summary>
    public ImmutableArray<PublishedFinding> Findings { get; init; } = [];

    /// <summary>What clients owe to their brokers.</summary>
    public ImmutableArray<PublishedStanding> Standings { get; init; } = [];

    /// <summary>Scores of clients.</summary>
    public ImmutableArray<PublishedScore> Scores { get; init; } = [];
}

/// <summary>A party as resolution joined it.</summary>
/// <param name="Id">Its id: that of its record known first.</param>
/// <param name="Records">The source records joined in it.</param>
/// <param name="IsClient">A broker keeps it or lends to it.</param>
/// <param name="Believed">What is believed of it, of several statements the most reliable and latest.</param>
public sealed record PublishedParty(NodeId Id, ImmutableArray<NodeId> Records, bool IsClient, Properties Believed)
{
    /// <summary>Its names as they are read and in the other script, for who searches by them.</summary>
    public ImmutableArray<string> Readings { get; init; } = [];
}

/// <summary>A tie between two parties.</summary>
/// <param name="Type">One of <see cref="TieTypes"/>.</param>
/// <param name="From">Where it starts.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Key">Tells it from others of its type between the two; empty where there is only one.</param>
public sealed record PublishedTie(string Type, NodeId From, NodeId To, string Key)
{
    /// <summary>Strength as a link, above 0, at most 1; null where it is too weak to be one.</summary>
    public double? Strength { get; init; }

    /// <summary>Part of the equity as stated or best read; of a common holding the smaller party's part of the security.</summary>
    public decimal? Share { get; init; }

    /// <summary>Lower bound of the part.</summary>
    public decimal? ShareMin { get; init; }

    /// <summary>Upper bound of the part.</summary>
    public decimal? ShareMax { get; init; }

    /// <summary>Part of the votes.</summary>
    public decimal? Votes { get; init; }

    /// <summary>Amount guaranteed, yuan.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Whether nobody controls the controller, alone or by an agreement, unless it is controlled in turn.</summary>
    public bool? IsUltimate { get; init; }

    /// <summary>Of control, whether the controller itself holds a part of the company.</summary>
    public bool? IsDirect { get; init; }

    /// <summary>What lies between the two: an agreement, account, device or security.</summary>
    public NodeId? Via { get; init; }
}

/// <summary>A group of at least two parties.</summary>
/// <param name="Kind">CONTROL, GUARANTEE or CONCERT.</param>
/// <param name="Key">Id of the party that is first in the snapshot, or of the agreement.</param>
/// <param name="Members">The parties.</param>
public sealed record PublishedGroup(string Kind, NodeId Key, ImmutableArray<NodeId> Members);

/// <summary>Something wrong or remarkable.</summary>
/// <param name="Kind">What it is, such as SHARES_ABOVE_ONE or GUARANTEE_CIRCLE.</param>
/// <param name="Detail">In a sentence without names.</param>
/// <param name="Amount">The number concerned; null where there is none.</param>
/// <param name="Parties">The parties concerned, at least one.</param>
public sealed record PublishedFinding(string Kind, string Detail, decimal? Amount, ImmutableArray<NodeId> Parties);

/// <summary>What a client owes to one of its brokers, yuan; zeros where it owes nothing.</summary>
/// <param name="Party">The client.</param>
/// <param name="Broker">The broker.</param>
/// <param name="Contracts">Contracts outstanding.</param>
/// <param name="MarginDebt">Owed under margin contracts.</param>
/// <param name="PledgeDebt">Owed under stock-pledged repos.</param>
/// <param name="RepoDebt">Owed under agreed repos.</param>
/// <param name="Collateral">What secures it.</param>
/// <param name="Uncovered">Owed beyond what secures it, contract by contract.</param>
public sealed record PublishedStanding(
    NodeId Party, NodeId Broker, int Contracts, decimal MarginDebt, decimal PledgeDebt, decimal RepoDebt, decimal Collateral, decimal Uncovered)
{
    /// <summary>Owed in all.</summary>
    public decimal Debt => MarginDebt + PledgeDebt + RepoDebt;
}

/// <summary>A client's score. Points: baseline + own + contagion, rounded and held inside the scale, are the score.</summary>
/// <param name="Party">The client.</param>
/// <param name="Score">300 to 850, higher is safer.</param>
/// <param name="Grade">Grade of the probability of default.</param>
/// <param name="ProbabilityOfDefault">Within the model's horizon, 0 to 1.</param>
/// <param name="BaselinePoints">Where every client starts.</param>
/// <param name="OwnPoints">What its own facts add.</param>
/// <param name="ContagionPoints">What those it is tied to add.</param>
/// <param name="HasDebt">Whether anything is owed.</param>
public sealed record PublishedScore(
    NodeId Party, int Score, string Grade, double ProbabilityOfDefault, double BaselinePoints, double OwnPoints, double ContagionPoints, bool HasDebt);
