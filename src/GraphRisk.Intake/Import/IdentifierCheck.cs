using System.Runtime.CompilerServices;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Matching.Identifiers;

namespace GraphRisk.Intake.Import;

/// <summary>
/// Holds the identifiers of a fact against the rules of their registers. One that fails lands all the same, since registers have
/// issued numbers that fail their own check, but never unremarked: it is worth little as evidence, and mostly it is another
/// number in the wrong column or a slip of the pen. Only registers whose numbers check themselves can be failed; one of which a
/// part is hidden fails nothing.
/// </summary>
internal static class IdentifierCheck
{
    private static readonly (string Scheme, string Words)[] Registers =
    [
        (ResidentIdentity.Scheme, "resident identity number"),
        (UnifiedSocialCreditCode.Scheme, "unified social credit code"),
        (OrganizationCode.Scheme, "organisation code"),
        (LegalEntityIdentifier.Scheme, "legal entity identifier"),
    ];

    /// <summary>The fields of each type that hold such a number; most types have none.</summary>
    private static readonly ConditionalWeakTable<ElementType, (string Field, string Scheme)[]> Checked = [];

    /// <summary>Notes the identifiers of a fact that fail.</summary>
    public static void Find(ElementType type, Fact fact, List<RecordFault> findings)
    {
        foreach (var (field, scheme) in Checked.GetValue(type, FieldsOf))
        {
            if (!fact.Properties.TryGet(field, out var value) || value.Kind != FieldKind.String) continue;
            var written = value.AsString();
            if (Fault(scheme, written) is { } fault) findings.Add(new RecordFault(field, $"is '{Mapping.Conversion.Shown(written)}', which is no {WordsOf(scheme)}: {fault}"));
        }
    }

    private static (string Field, string Scheme)[] FieldsOf(ElementType type) =>
        [.. type.Fields.Where(field => field.Kind == FieldKind.String && field.IdentifierScheme is { } scheme && WordsOf(scheme) is not null).Select(field => (field.Name, field.IdentifierScheme!))];

    private static string? Fault(string scheme, string written)
    {
        var validity = IdentifierSchemes.Read(scheme, written).Validity;
        if (validity is IdentifierValidity.Valid or IdentifierValidity.Unchecked) return null;
        if (IdentifierText.IsMasked(written)) return null;
        if (Array.Find(Registers, other => other.Scheme != scheme && IdentifierSchemes.Read(other.Scheme, written).Validity == IdentifierValidity.Valid) is { Words: { } words })
            return $"it is a sound {words}";
        return validity switch
        {
            IdentifierValidity.BadCheckDigit => "its check character does not fit",
            IdentifierValidity.BadDate => "the day in it does not exist",
            IdentifierValidity.BadRegion => "the region in it was never assigned",
            _ => IsPassport(written) ? "it has the form of a passport number" : "it has not the form of one",
        };
    }

    /// <summary>One or two letters before seven or eight digits, which no number above begins with.</summary>
    private static bool IsPassport(string written)
    {
        var number = IdentifierText.Normalise(written).AsSpan();
        var letters = number.IndexOfAnyExceptInRange('A', 'Z');
        return letters is 1 or 2 && number.Length - letters is 7 or 8 && number[letters..].IndexOfAnyExceptInRange('0', '9') < 0;
    }

    private static string? WordsOf(string scheme) => Array.Find(Registers, register => register.Scheme == scheme).Words;
}
