using System.Collections.Immutable;

namespace GraphRisk.Graph.Algorithms.Ownership.Rules;

/// <summary>What a limb looks at.</summary>
public enum LimbKind
{
    /// <summary>The part of a company that chains of holdings give: products along a chain, sums over chains.</summary>
    Part,

    /// <summary>The part that a party holds together with all it controls by majority of votes, each part in full.</summary>
    Command,

    /// <summary>The direct parts of all who are listed, or so held in turn, in sum.</summary>
    Aggregate,

    /// <summary>The part of one who stands in another limb to the company.</summary>
    PartOfController,

    /// <summary>An agreement in force that concerns votes in the company.</summary>
    Agreement,

    /// <summary>A tie that a source states: an office, a right, a guarantee.</summary>
    Tie,

    /// <summary>A third party that stands in another limb to both.</summary>
    Common,

    /// <summary>Both hold a part of one partnership.</summary>
    Partnership,

    /// <summary>A relative of one who stands in another limb to the company.</summary>
    Relative,
}

/// <summary>When parties bound by an agreement are told as one holder.</summary>
public enum Jointly
{
    Never,

    /// <summary>Where none of them is enough alone for certain.</summary>
    UnlessAlone,

    Always,
}

/// <summary>
/// One limb of a rule. What is not said in its file is as stated here; a member that means nothing for a limb's kind may not be said
/// (<see cref="RuleBook"/> reads strictly).
/// </summary>
public sealed record RuleLimb
{
    /// <summary>Name of the limb within the rule.</summary>
    public required string Name { get; init; }

    /// <summary>Article, paragraph or question of the source.</summary>
    public required string Article { get; init; }

    /// <summary>What it says, in a line.</summary>
    public required string Says { get; init; }

    public required LimbKind Kind { get; init; }

    public ShareMeasure Measure { get; init; } = ShareMeasure.Equity;

    /// <summary>How chains add up, for parts.</summary>
    public OwnershipSemantics Semantics { get; init; } = OwnershipSemantics.SimplePath;

    /// <summary>The part that is enough, 0 to 1.</summary>
    public decimal Threshold { get; init; }

    public ThresholdOperator Operator { get; init; } = ThresholdOperator.AtLeast;

    /// <summary>Who may be the holder under this limb; the rule's own where not said.</summary>
    public HolderKind? Holder { get; init; }

    /// <summary>Direct holdings only.</summary>
    public bool Direct { get; init; }

    /// <summary>Something must be held by another than the party itself.</summary>
    public bool Through { get; init; }

    /// <summary>Whether an agreement makes one holder of several, for what is commanded.</summary>
    public Jointly Jointly { get; init; } = Jointly.UnlessAlone;

    /// <summary>Names of the limbs this one is built on; any of them will do.</summary>
    public ImmutableArray<string> Of { get; init; } = [];

    /// <summary>Relationship of the graph that states the tie.</summary>
    public string? Relationship { get; init; }

    /// <summary>Words one of which the tie must contain; none means any tie.</summary>
    public ImmutableArray<string> Words { get; init; } = [];

    /// <summary>Limbs that leave this one out for a party for which one of them holds for certain.</summary>
    public ImmutableArray<string> Unless { get; init; } = [];

    /// <summary>Limbs that leave this one out for a company for which one of them holds for anybody.</summary>
    public ImmutableArray<string> Failing { get; init; } = [];

    /// <summary>Limbs one of which must hold for anybody, for this one to apply to a company.</summary>
    public ImmutableArray<string> Where { get; init; } = [];

    /// <summary>The law leaves it to a judgement that figures alone do not make: never certain.</summary>
    public bool Indicative { get; init; }

    /// <summary>A public body as third party joins nobody.</summary>
    public bool ExceptPublicBodies { get; init; }

    /// <summary>Size of the steps at each of which the rule asks for something anew; 0 where it has none.</summary>
    public decimal Step { get; init; }

    /// <summary>What the rule asks for at each step; null where it asks for nothing.</summary>
    public string? Report { get; init; }

    /// <summary>Working days after the step within which it asks for that.</summary>
    public int ReportWithin { get; init; }

    /// <summary>Read for other limbs and not told itself.</summary>
    public bool Helper { get; init; }

    /// <summary>What figures cannot tell under this limb.</summary>
    public ImmutableArray<string> CannotKnow { get; init; } = [];
}
