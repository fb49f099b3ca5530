using System.Collections.Immutable;
using System.Globalization;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Algorithms.Ownership.Registers;
using GraphRisk.Graph.Algorithms.Ownership.Rules;
using GraphRisk.Market;

namespace GraphRisk.Cli.Ownership;

/// <summary>What is asked of a register.</summary>
/// <param name="Holdings">Its holdings.</param>
/// <param name="Agreements">Agreements in force by which several act in concert.</param>
/// <param name="Threshold">The part from which a pair is told.</param>
/// <param name="IsStrict">Whether it must be exceeded.</param>
/// <param name="SelfPairs">Whether what a company owns of itself is told.</param>
/// <param name="Treasury">What becomes of what companies hold of themselves; null for what the measure does where nothing is typed.</param>
/// <param name="Bound">Which end of ranges must reach the threshold.</param>
internal sealed record OwnershipRequest(
    HoldingGraph Holdings, ImmutableArray<ConcertAgreement> Agreements, decimal Threshold, bool IsStrict, bool SelfPairs, TreasuryShares? Treasury, ShareBound Bound)
{
    /// <summary>What becomes of votes companies have in those that control them; null for what control does where nothing is typed.</summary>
    public ReciprocalVotes? Reciprocal { get; init; }

    /// <summary>The holdings as parts are reckoned from them.</summary>
    public HoldingGraph Counted => Treasury == TreasuryShares.Cancelled ? Holdings.WithoutTreasury() : Holdings;
}

/// <summary>A pair as it is written.</summary>
/// <param name="Holder">Node of the holder.</param>
/// <param name="Company">Node of the company.</param>
/// <param name="Share">The part.</param>
/// <param name="Lower">What it is at least; null where nothing is known below it.</param>
/// <param name="Upper">What it is at most; null where that is not known.</param>
internal readonly record struct ToldPair(int Holder, int Company, decimal? Share, decimal? Lower, decimal? Upper)
{
    /// <summary>The verdict it is, where a rule was asked.</summary>
    public RuleVerdict? Verdict { get; init; }
}

/// <summary>The pairs a measure tells.</summary>
/// <param name="Pairs">The pairs.</param>
/// <param name="Findings">What must be said beside them.</param>
/// <param name="Followed">Holders that were followed, and companies asked about one by one; null where the measure knows neither.</param>
internal sealed record ToldPairs(IReadOnlyList<ToldPair> Pairs, ImmutableArray<OwnershipFinding> Findings, (int Holders, int Companies)? Followed);

/// <summary>A way of saying who has a company, as <c>graphrisk ownership</c> names it.</summary>
/// <param name="Name">Name to type.</param>
/// <param name="Meaning">What it is, in a line.</param>
/// <param name="Threshold">Threshold where none is typed.</param>
/// <param name="IsStrict">Whether it must be exceeded where nothing is typed.</param>
/// <param name="MayBeEither">Whether both operators may be asked for.</param>
/// <param name="Find">Finds the pairs.</param>
/// <param name="Bound">Which end of ranges counts where nothing is typed.</param>
internal sealed record OwnershipMeasure(
    string Name, string Meaning, decimal Threshold, bool IsStrict, bool MayBeEither, Func<OwnershipRequest, WorkMeter, ToldPairs> Find, ShareBound Bound = ShareBound.Stated)
{
    /// <summary>The one measure of votes, which those a company has in its controller may be taken out of.</summary>
    public const string Control = "control";

    private const int DigitsOfDouble = 17;

    /// <summary>The rule it is of; null for a semantics.</summary>
    public RuleMeasure? Rule { get; init; }

    /// <summary>All measures.</summary>
    public static IReadOnlyList<OwnershipMeasure> All { get; } =
    [
        new("walk", "all chains, however often they go round a circle", 0.25m, false, true, (request, meter) => Owned(OwnershipSemantics.Walk, request, meter)),
        new("corrected", "all chains that never return to the holder", 0.25m, false, true, (request, meter) => Owned(OwnershipSemantics.Corrected, request, meter)),
        new("simple-path", "chains that visit no party twice", 0.25m, false, true, (request, meter) => Owned(OwnershipSemantics.SimplePath, request, meter)),
        new(Control, "more than half of the votes, alone or through companies controlled; always strictly more, by the lower ends of ranges unless --bound says otherwise; a company's own shares have no votes unless --treasury counted, and those in its controller have theirs unless --reciprocal cancelled", 0.5m, true, false, Controlled, ShareBound.Lower),
        new("aggregate-50", "what would be blocked if the holder were: half or more, directly or through companies so held, by the stated middle of ranges unless --bound says otherwise", 0.5m, false, false, Blocked),
    ];

    /// <summary>The measure of a name.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    public static OwnershipMeasure Named(string name) =>
        All.FirstOrDefault(measure => measure.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new UserErrorException($"'{name}' is no semantics. Semantics: {string.Join(", ", All.Select(measure => measure.Name))}.");

    /// <summary>The threshold and operator of a measure, from what was typed.</summary>
    /// <param name="atLeast">What --at-least says.</param>
    /// <param name="moreThan">What --more-than says.</param>
    /// <exception cref="UserErrorException">Both are said, or one that the measure does not know.</exception>
    public (decimal Threshold, bool IsStrict) Limit(string? atLeast, string? moreThan)
    {
        if (atLeast is not null && moreThan is not null) throw new UserErrorException("--at-least and --more-than are two answers to one question: say one.");
        if (atLeast is null && moreThan is null) return (Threshold, IsStrict);
        var isStrict = moreThan is not null;
        if (!MayBeEither && isStrict != IsStrict) throw new UserErrorException($"{Name} goes by {(IsStrict ? "--more-than" : "--at-least")}: {Meaning}.");
        return (PartOf(isStrict ? "--more-than" : "--at-least", (atLeast ?? moreThan)!), isStrict);
    }

    private static decimal PartOf(string option, string typed)
    {
        var (text, whole) = typed.Length > 0 && typed[^1] is '%' or '％' ? (typed[..^1].TrimEnd(), 100m) : (typed, 1m);
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number <= whole
            ? number / whole : throw new UserErrorException($"{option} is a part from 0 to 1, or one in percent with its sign, not '{typed}'.");
    }

    private static ToldPairs Owned(OwnershipSemantics semantics, OwnershipRequest request, WorkMeter meter)
    {
        var question = new RegisterQuestion(semantics, request.Threshold, request.IsStrict, request.SelfPairs) { Bound = request.Bound };
        var answer = new RegisterOwnership(request.Counted).Find(question, meter);
        return new ToldPairs(
            [.. answer.Pairs.Select(pair => new ToldPair(pair.Holder, pair.Company, Rounded(pair.Share, request), Rounded(pair.Lower, request), Rounded(pair.Upper, request)))],
            answer.Findings, (answer.Swept, answer.Asked));
    }

    private static ToldPairs Controlled(OwnershipRequest request, WorkMeter meter) => Told(
        RegisterControl.Pairs(
            request.Holdings, request.Agreements, MarketReading.OfLaw with
            {
                Majority = request.Threshold, Bound = request.Bound, Treasury = request.Treasury ?? MarketReading.OfLaw.Treasury, Reciprocal = request.Reciprocal ?? MarketReading.OfLaw.Reciprocal,
            }, meter), request);

    private static ToldPairs Blocked(OwnershipRequest request, WorkMeter meter) => Told(RegisterControl.Blocked(request.Counted, request.Threshold, request.Bound, meter), request);

    private static ToldPairs Told(ImmutableArray<ControlPair> pairs, OwnershipRequest request) =>
        new([.. pairs.Select(pair => new ToldPair(pair.Holder, pair.Company, pair.Share.Share, pair.Share.Lower, pair.Share.Upper))], request.Holdings.Findings, null);

    /// <summary>
    /// To 12 digits; where these would put a sum on the threshold that is not on it, all digits that a double has, so that what is told reads as it was
    /// decided.
    /// </summary>
    private static decimal? Rounded(double? share, OwnershipRequest request) => share is not { } known ? null
        : LegalThreshold.Round(known) == request.Threshold && known != (double)request.Threshold
            ? decimal.Parse(known.ToString($"F{DigitsOfDouble}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
            : LegalThreshold.Round(known);
}
