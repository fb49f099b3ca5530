using GraphRisk.Intake.Resolution.Blocking;
using GraphRisk.Intake.Resolution.Records;
using GraphRisk.Matching.Identifiers;
using GraphRisk.Matching.Names;

namespace GraphRisk.Intake.Resolution.Comparison;

/// <summary>Evidence in identifiers.</summary>
internal static class IdentifierTests
{
    /// <summary>Characters of masked numbers that must show in both and agree.</summary>
    private const int FewestShown = 8;

    /// <summary>Both have the value under the scheme, and its validity is one of those given.</summary>
    public static FeatureTest Same(string scheme, params IdentifierValidity[] validities) => (left, right, shared) =>
    {
        foreach (var one in left.Identifiers)
        {
            if (one.Scheme != scheme || !validities.Contains(one.Validity)) continue;
            foreach (var other in right.Identifiers)
                if (other.Scheme == scheme && other.Value == one.Value && !shared.IsSuspicious(left.IsPerson, scheme, one.Value))
                    return new Evidence(one.Value, other.Value);
        }

        return null;
    };

    /// <summary>Both have the same value under a scheme the table has no row for.</summary>
    public static FeatureTest SameOther(params string[] exceptSchemes) => (left, right, shared) =>
    {
        foreach (var one in left.Identifiers)
            if (!exceptSchemes.Contains(one.Scheme) && !one.IsOfUnknownRegister && right.Identifiers.Contains(one) && !shared.IsSuspicious(left.IsPerson, one.Scheme, one.Value))
                return new Evidence(one.ToString(), one.ToString());
        return null;
    };

    /// <summary>Both have the same number under a scheme of which every country has a register, and neither says whose.</summary>
    public static Evidence? SameOfUnknownRegister(PartyRecord left, PartyRecord right, SharedValues shared)
    {
        foreach (var one in left.Identifiers)
            if (one.IsOfUnknownRegister && right.Identifiers.Contains(one) && !shared.IsSuspicious(left.IsPerson, one.Scheme, one.Value))
                return new Evidence(one.ToString(), one.ToString());
        return null;
    }

    /// <summary>The numbers differ by one slip (a character wrong, missing, or two swapped) and at least one of them is not proved by its check.</summary>
    public static FeatureTest Near(string scheme) => (left, right, _) =>
    {
        foreach (var one in left.Identifiers)
            foreach (var other in right.Identifiers)
                if (one.Scheme == scheme && other.Scheme == scheme && !(one.IsExclusive && other.IsExclusive)
                    && NameComparison.Distance(one.Value, other.Value) == 1)
                    return new Evidence(one.Value, other.Value);
        return null;
    };

    /// <summary>Both have valid numbers of a scheme a party has one of, and none in common.</summary>
    public static FeatureTest Different(string scheme) => (left, right, _) =>
    {
        Evidence? found = null;
        foreach (var one in left.Identifiers)
            foreach (var other in right.Identifiers)
            {
                if (one.Scheme != scheme || other.Scheme != scheme) continue;
                if (one.Value == other.Value) return null;
                if (one.IsExclusive && other.IsExclusive) found ??= new Evidence(one.Value, other.Value);
            }

        return found;
    };

    /// <summary>What shows of a masked number agrees with the other record's number, whole or masked.</summary>
    public static Evidence? MaskedAgrees(PartyRecord left, PartyRecord right, SharedValues shared) =>
        Masked(left, right, (agreeing, differing) => differing == 0 && agreeing >= FewestShown);

    /// <summary>What shows of a masked number contradicts the other record's in more than one slip.</summary>
    public static Evidence? MaskedDiffers(PartyRecord left, PartyRecord right, SharedValues shared) =>
        MaskedAgrees(left, right, shared) is null ? Masked(left, right, (_, differing) => differing > 1) : null;

    private static Evidence? Masked(PartyRecord left, PartyRecord right, Func<int, int, bool> fits)
    {
        if (left.MaskedIds.IsEmpty && right.MaskedIds.IsEmpty) return null;
        foreach (var one in Numbers(left))
            foreach (var other in Numbers(right))
            {
                if (!IdentifierText.IsMasked(one) && !IdentifierText.IsMasked(other)) continue;
                var (agreeing, differing) = MaskedIdentifier.Compare(one, other);
                if (fits(agreeing, differing)) return new Evidence(one, other);
            }

        return null;
    }

    private static IEnumerable<string> Numbers(PartyRecord record) =>
        record.MaskedIds.Concat(record.Identifiers
            .Where(identifier => identifier.Scheme is ResidentIdentity.Scheme or UnifiedSocialCreditCode.Scheme)
            .Select(identifier => identifier.Value));
}
