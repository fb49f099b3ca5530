namespace GraphRisk.Graph.Algorithms.Ownership.Rules.Limbs;

/// <summary>What a limb is read with.</summary>
/// <param name="Facts">What it is held against.</param>
/// <param name="Version">The wording it stands in.</param>
/// <param name="Limb">The limb.</param>
/// <param name="Holder">Who may be the holder.</param>
/// <param name="Meter">Pays for it.</param>
internal sealed record LimbContext(RuleFacts Facts, RuleVersion Version, RuleLimb Limb, HolderKind Holder, WorkMeter Meter)
{
    /// <summary>The readings of the limbs this one is built on; whoever the holder is, unless the limb says it.</summary>
    public LimbReading Base() => Limb.Of.Length == 1 ? BaseOf(Limb.Of[0]) : new AnyOf(this, [.. Limb.Of.Select(BaseOf)]);

    private LimbReading BaseOf(string name) => LimbReading.Of(this with { Limb = Version[name], Holder = Version[name].Holder ?? HolderKind.Any });

    /// <summary>Of the law's judgements none is certain.</summary>
    public RuleHolding AtMost(RuleHolding holds) => Limb.Indicative && holds == RuleHolding.Certain ? RuleHolding.Possible : holds;
}

/// <summary>
/// One limb held against facts, from either side: into a company, from a party, or all there is. What does not hold is not
/// given. One reading serves one question: it keeps what it has found and pays by the question's meter.
/// </summary>
internal abstract class LimbReading(LimbContext context)
{
    protected RuleFacts Facts => context.Facts;

    protected RuleLimb Limb => context.Limb;

    protected WorkMeter Meter => context.Meter;

    /// <summary>Whether who holds does not matter: what is found from one side is found from the other.</summary>
    public virtual bool IsMutual => false;

    /// <summary>The reading of a limb: a kind a row.</summary>
    public static LimbReading Of(LimbContext context) => context.Limb.Kind switch
    {
        LimbKind.Part when context.Limb.Direct => new DirectPart(context),
        LimbKind.Part => new Part(context),
        LimbKind.Command => new Command(context),
        LimbKind.Aggregate => new Aggregate(context),
        LimbKind.PartOfController => new PartOfController(context),
        LimbKind.Agreement => new Agreed(context),
        LimbKind.Tie => new Tie(context),
        LimbKind.Common => new Common(context),
        LimbKind.Partnership => new CommonPartnership(context),
        LimbKind.Relative => new Relative(context),
        _ => throw new ArgumentOutOfRangeException(nameof(context), context.Limb.Kind, null),
    };

    /// <summary>Who stands in it to a company.</summary>
    public abstract IEnumerable<LimbFinding> Into(int company);

    /// <summary>To whom a party stands in it.</summary>
    public abstract IEnumerable<LimbFinding> From(int party);

    /// <summary>All there is of it.</summary>
    public virtual IEnumerable<LimbFinding> All() => Enumerable.Range(0, Facts.Holdings.NodeCount).SelectMany(From);

    protected bool MayHold(int party) => Facts.MayBe(context.Holder, party);

    protected RuleHolding AtMost(RuleHolding holds) => context.AtMost(holds);

    /// <summary>The lesser of two holdings.</summary>
    protected static RuleHolding Least(RuleHolding one, RuleHolding other) => one < other ? one : other;
}
