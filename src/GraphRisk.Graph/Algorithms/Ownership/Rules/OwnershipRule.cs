using System.Collections.Immutable;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Ownership.Rules;

/// <summary>What a rule is asked for.</summary>
public enum RuleTopic
{
    BeneficialOwner,
    Control,
    Concert,
    Disclosure,
    Group,
    CloseLink,
    Sanctions,
}

/// <summary>Between whom a rule looks.</summary>
public enum RuleScope
{
    /// <summary>From a holder to the company asked about.</summary>
    HolderAndCompany,

    /// <summary>Between two that hold parts of the company asked about.</summary>
    Investors,

    /// <summary>Between the party asked about and any other, either way.</summary>
    Parties,
}

/// <summary>Who a rule is about.</summary>
public enum HolderKind
{
    Any,
    Person,
    LegalPerson,
    PublicBody,

    /// <summary>Those entered on a list of sanctions; where no list is known, whoever is asked about, as if listed.</summary>
    Listed,
}

/// <summary>Of which companies a rule is.</summary>
public enum CompanyKind
{
    Any,

    /// <summary>Those that have issued a listed security.</summary>
    Exchange,
}

/// <summary>What of a company is reckoned.</summary>
public enum ShareMeasure
{
    Equity,
    Votes,
}

/// <summary>
/// A rule of law on ownership or control, as data: one file a rule in <c>Law</c>. Nothing in the program knows a rule by its name; what it
/// says is told by limbs of a few kinds (<see cref="LimbKind"/>).
/// </summary>
/// <param name="Name">Name to ask by.</param>
/// <param name="Topic">What it is asked for.</param>
/// <param name="Scope">Between whom it looks.</param>
/// <param name="Holder">Who it is about.</param>
/// <param name="Title">The rule's own title.</param>
/// <param name="Source">Where its text is published.</param>
/// <param name="Versions">Its wordings, by the day from which each applies.</param>
/// <param name="CannotKnow">What no graph of holdings can tell under it.</param>
/// <param name="Unchecked">What of this file was not held against the source.</param>
public sealed record OwnershipRule(
    string Name, RuleTopic Topic, RuleScope Scope, HolderKind Holder, string Title, string Source,
    ImmutableArray<RuleVersion> Versions, ImmutableArray<string> CannotKnow, ImmutableArray<string> Unchecked)
{
    /// <summary>Of which companies it is.</summary>
    public CompanyKind Companies { get; init; }

    /// <summary>Whether a company is one the rule is of. Where no security is recorded at all, nothing can tell, and it is.</summary>
    public bool IsOf(Snapshot snapshot, int company) =>
        Companies == CompanyKind.Any || snapshot.Relationship("ISSUED") is var issued && (issued.Count == 0 || issued.Out.Degree(company) > 0);

    /// <summary>The wording that applies on a day; before the first one, that one: what will apply.</summary>
    public RuleVersion On(DateOnly day) => Versions.LastOrDefault(version => version.From <= day) ?? Versions[0];

    /// <summary>
    /// The rule with another threshold in place of its first limb's, wherever that stands again: as where a country or a category of risk
    /// has one of its own.
    /// </summary>
    public OwnershipRule With(decimal threshold) => this with { Versions = [.. Versions.Select(version => version.With(threshold))] };
}

/// <summary>A wording of a rule.</summary>
/// <param name="Name">Name of the wording.</param>
/// <param name="From">First day on which it applies.</param>
/// <param name="Limbs">Its limbs, in its order.</param>
public sealed record RuleVersion(string Name, DateOnly From, ImmutableArray<RuleLimb> Limbs)
{
    /// <summary>Threshold of the first limb that is told and has one; null where none has.</summary>
    public decimal? Threshold => Limbs.FirstOrDefault(limb => limb is { Helper: false, Threshold: > 0 })?.Threshold;

    /// <summary>The same with another threshold in place of the first limb's that is told.</summary>
    public RuleVersion With(decimal threshold)
    {
        var own = Threshold;
        return this with { Limbs = [.. Limbs.Select(limb => limb.Helper || limb.Threshold != own ? limb : limb with { Threshold = threshold })] };
    }

    /// <summary>The limb of a name.</summary>
    public RuleLimb this[string name] => Limbs.Single(limb => limb.Name == name);
}
