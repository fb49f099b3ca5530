using System.Collections.Frozen;

namespace GraphRisk.Matching.Identifiers;

/// <summary>
/// The schemes the program knows. To add one: a class with <c>Scheme</c> and <c>Read</c>, a row here, a field with
/// <c>@identifier</c> in the schema, a row of weights in the feature table.
/// </summary>
public static class IdentifierSchemes
{
    private static readonly FrozenSet<string> RegisterSchemes = new[] { "REG", "ID", "TAX", "OTHER" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, (Func<string, IdentifierReading> Read, bool Exclusive)> Known =
        new Dictionary<string, (Func<string, IdentifierReading>, bool)>(StringComparer.Ordinal)
        {
            // A party has at most one of an exclusive scheme.
            [ResidentIdentity.Scheme] = (ResidentIdentity.Read, true),
            [UnifiedSocialCreditCode.Scheme] = (UnifiedSocialCreditCode.Read, true),
            [OrganizationCode.Scheme] = (OrganizationCode.Read, true),
            [LegalEntityIdentifier.Scheme] = (LegalEntityIdentifier.Read, true),
            [PassportNumber.Scheme] = (PassportNumber.Read, false),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Reads a value under a scheme; one the program does not know has no rule to fail, save for fillers.</summary>
    public static IdentifierReading Read(string scheme, string written)
    {
        written = SpreadsheetDamage.Mend(written).ToString();
        if (SpreadsheetDamage.Find(written, scheme) is not null) return new IdentifierReading(scheme, written, IdentifierValidity.BadFormat);
        if (Known.TryGetValue(scheme, out var known)) return known.Read(written);
        var value = IsOfRegister(scheme) ? IdentifierText.NormaliseGroups(written) : IdentifierText.Normalise(written);
        return new IdentifierReading(scheme, value, FillerValue.Is(value) ? IdentifierValidity.BadFormat : IdentifierValidity.Unchecked);
    }

    /// <summary>
    /// Whether numbers of the scheme are given out by registers of which every country has its own: the same number in two
    /// registers is two numbers. A scheme that names its register, such as GB-COH, is one register.
    /// </summary>
    public static bool IsOfRegister(string scheme) => RegisterSchemes.Contains(scheme);

    /// <summary>Reads <c>SCHEME:value</c>; text without a colon is of scheme OTHER.</summary>
    public static IdentifierReading ReadTagged(string tagged)
    {
        var colon = tagged.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            ? Read(tagged[..colon].Trim().ToUpperInvariant(), tagged[(colon + 1)..])
            : Read("OTHER", tagged);
    }

    /// <summary>Whether a party has at most one identifier of the scheme.</summary>
    public static bool IsExclusive(string scheme) => Known.TryGetValue(scheme, out var known) && known.Exclusive;
}
