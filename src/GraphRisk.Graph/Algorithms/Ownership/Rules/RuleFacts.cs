using System.Collections.Frozen;
using System.Collections.Immutable;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Ownership.Rules;

/// <summary>
/// What rules are held against: holdings, agreements, ties that sources state, and who is a natural person, a public body, a
/// partnership, on a list. What is prepared from it is prepared once, at the first question that needs it. Thread-safe.
/// </summary>
public sealed class RuleFacts
{
    private readonly SharedWork<Measured> votes;
    private readonly Measured equity;
    private FrozenSet<int>? listed;
    private readonly Func<int, PartyForm> formOf;

    /// <param name="holdings">The holdings.</param>
    /// <param name="agreements">Agreements in force.</param>
    /// <param name="ties">Ties that sources state.</param>
    /// <param name="formOf">What each party is.</param>
    /// <param name="listed">Nodes of the parties on a list; null where no list is known.</param>
    /// <param name="control">When votes control.</param>
    /// <param name="lookThrough">The look-through over the holdings, where one is prepared already.</param>
    public RuleFacts(
        HoldingGraph holdings, ImmutableArray<ConcertAgreement> agreements, StatedTies ties, Func<int, PartyForm> formOf, IEnumerable<int>? listed, ControlParameters control,
        OwnershipLookThrough? lookThrough = null)
    {
        (Holdings, Agreements, Ties, this.formOf, Control) = (holdings, agreements, ties, formOf, control);
        this.listed = listed?.ToFrozenSet();
        equity = new Measured(holdings, lookThrough ?? new OwnershipLookThrough(holdings));
        votes = new(meter =>
        {
            meter.Charge(WorkUnit.Edges, holdings.Holdings.Length);
            return holdings.OfVotes() is var other && ReferenceEquals(other, holdings) ? equity : new Measured(other, new OwnershipLookThrough(other));
        });
        HasRanges = holdings.HasIntervals || HasRangesOfVotes(holdings);
    }

    public HoldingGraph Holdings { get; }

    public ImmutableArray<ConcertAgreement> Agreements { get; }

    public StatedTies Ties { get; }

    /// <summary>When votes control.</summary>
    public ControlParameters Control { get; }

    /// <summary>Whether anything is known by bounds only.</summary>
    public bool HasRanges { get; }

    /// <summary>The listed parties, ascending; null where no list is known.</summary>
    public IEnumerable<int>? Listed => listed?.Order();

    /// <summary>The facts a snapshot shows.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="holdings">Its holdings.</param>
    /// <param name="agreements">Its agreements in force.</param>
    /// <param name="ties">Whether ties between parties may be read.</param>
    /// <param name="listed">Nodes of the parties on a list; null where lists may not be read.</param>
    /// <param name="control">When votes control.</param>
    /// <param name="lookThrough">The look-through over the holdings, where one is prepared already.</param>
    public static RuleFacts Of(
        Snapshot snapshot, HoldingGraph holdings, ImmutableArray<ConcertAgreement> agreements, bool ties, IEnumerable<int>? listed, ControlParameters control, OwnershipLookThrough? lookThrough = null) =>
        new(holdings, agreements, ties ? new StatedTies(snapshot) : StatedTies.None, node => FormOf(snapshot, node), listed, control, lookThrough);

    /// <summary>The same with other parties on lists; what is prepared stays so for both.</summary>
    public RuleFacts WithListed(IEnumerable<int>? parties)
    {
        var other = (RuleFacts)MemberwiseClone();
        other.listed = parties?.ToFrozenSet();
        return other;
    }

    /// <summary>The holdings whose equity is the measure, and the look-through over them.</summary>
    internal Measured By(ShareMeasure measure, WorkMeter meter) => measure == ShareMeasure.Equity ? equity : votes.Take(meter);

    /// <summary>What a party is.</summary>
    public PartyForm FormOf(int node) => formOf(node);

    /// <summary>Whether a party may be a holder of a kind; what it is may be unknown, and then it may.</summary>
    public bool MayBe(HolderKind kind, int node) => kind switch
    {
        HolderKind.Person => formOf(node) is PartyForm.Person or PartyForm.Unknown,
        HolderKind.LegalPerson => formOf(node) != PartyForm.Person,
        HolderKind.PublicBody => formOf(node) == PartyForm.PublicBody,
        HolderKind.Listed => listed?.Contains(node) != false,
        _ => true,
    };

    private static bool HasRangesOfVotes(HoldingGraph holdings)
    {
        foreach (var holding in holdings.Holdings)
            if (!holding.Votes.IsExact) return true;
        return false;
    }

    private static PartyForm FormOf(Snapshot snapshot, int node) => snapshot.Nodes.TypeOf(node).Name == "Person" ? PartyForm.Person
        : snapshot.Nodes.Get(node, "kind")?.AsString() switch
        {
            "PUBLIC_BODY" => PartyForm.PublicBody,
            "PARTNERSHIP" => PartyForm.Partnership,
            _ => PartyForm.LegalPerson,
        };

    /// <summary>Holdings by one measure.</summary>
    internal sealed record Measured(HoldingGraph Holdings, OwnershipLookThrough LookThrough);
}

/// <summary>What a party is, as far as rules ask.</summary>
public enum PartyForm
{
    /// <summary>An edge list does not say.</summary>
    Unknown,
    Person,
    LegalPerson,
    Partnership,
    PublicBody,
}
