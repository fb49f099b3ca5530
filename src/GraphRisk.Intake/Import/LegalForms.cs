using System.Text.RegularExpressions;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Intake.Import;

/// <summary>
/// What a legal form says of the kind of an organisation, where nothing more telling does: a trust is an arrangement, through which
/// ownership is looked, also where its source has one schema or one table for all organisations. A trust company is none.
/// </summary>
internal static partial class LegalForms
{
    /// <summary>The fact, with the kind that its legal form tells.</summary>
    public static Fact Told(Fact fact)
    {
        if (fact.Type != "Company" || fact is not NodeFact || !fact.Properties.TryGet("legalForm", out var form) || !IsTrust(form.AsString())) return fact;
        if (fact.Properties.TryGet("kind", out var kind) && kind.AsString() is not ("COMPANY" or "UNKNOWN")) return fact;
        return fact with { Properties = Properties.Of(fact.Properties.Where(property => property.Name != "kind").Append(new Property("kind", PropertyValue.OfEnum("ARRANGEMENT")))) };
    }

    /// <summary>Whether a legal form is that of a trust.</summary>
    public static bool IsTrust(string form) => Trust().IsMatch(form) && !TrustCompany().IsMatch(form);

    [GeneratedRegex(@"\b(trust|trusts|fideicomiso|fideicommissum|treuhand|fiducie|waqf)\b|信托|信託", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Trust();

    [GeneratedRegex(@"\btrust\s+(company|corporation|corp|co|bank|ltd|limited|inc)\b|(信托|信託)[^计計]*(公司|银行|銀行)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TrustCompany();
}
