using System.Collections.Immutable;
using GraphRisk.Graph.Store;

namespace GraphRisk.Intake.Resolution;

/// <summary>An identifier or telephone number that too many different names share: reported for review, used as no evidence.</summary>
/// <param name="Value">Scheme and value.</param>
/// <param name="Records">Records that have it.</param>
/// <param name="Names">Different names among them.</param>
public sealed record SharedValue(string Value, int Records, int Names);

/// <summary>From which probability pairs of a kind are joined and persons asked, and by how many of their verdicts that was learned.</summary>
/// <param name="Match">Probability from which a pair is joined.</param>
/// <param name="Review">Probability from which a person is asked.</param>
/// <param name="Verdicts">Verdicts of persons it was learned with.</param>
public readonly record struct LearnedThresholds(decimal Match, decimal Review, int Verdicts);

/// <summary>What a run of resolution did.</summary>
public sealed record ResolutionSummary
{
    /// <summary>Party records known.</summary>
    public int Records { get; init; }

    /// <summary>Records looked at: all, or those touched since the last run.</summary>
    public int Touched { get; init; }

    /// <summary>Pairs compared.</summary>
    public long Pairs { get; init; }

    /// <summary>Judgements of the rules that stand now on the pairs compared.</summary>
    public int Matches { get; init; }

    /// <summary>Pairs the rules tell apart.</summary>
    public int NoMatches { get; init; }

    /// <summary>Pairs a person should decide, those set aside among them.</summary>
    public int Undecided { get; init; }

    /// <summary>Matches set aside because they would join what must stay apart.</summary>
    public int SetAside { get; init; }

    /// <summary>Judgements newly written or changed.</summary>
    public int Asserted { get; init; }

    /// <summary>Judgements taken back.</summary>
    public int Retracted { get; init; }

    /// <summary>Blocks so large that each record was compared with their first ones and not with all.</summary>
    public int LargeBlocks { get; init; }

    /// <summary>Name of what agreement weighs, as judgements have it.</summary>
    public string Model { get; init; } = "";

    /// <summary>Thresholds of persons' records.</summary>
    public LearnedThresholds Persons { get; init; }

    /// <summary>Thresholds of companies' records.</summary>
    public LearnedThresholds Companies { get; init; }

    /// <summary>Values that too many names share, ordered by value; found among the blocks looked at.</summary>
    public ImmutableArray<SharedValue> SharedValues { get; init; } = [];

    /// <summary>The store's version after the run.</summary>
    public StoreVersion Version { get; init; }
}

/// <summary>How far a run has come.</summary>
/// <param name="Stage">What is being done, such as <c>comparing</c>.</param>
/// <param name="Done">Items done.</param>
/// <param name="Total">Items in all; null where not known yet.</param>
public readonly record struct ResolutionProgress(string Stage, long Done, long? Total);
