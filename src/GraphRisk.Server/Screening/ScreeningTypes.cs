using System.Collections.Immutable;
using GraphQL.Types;
using GraphRisk.Matching.Names;
using GraphRisk.Matching.Screening;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;
using GraphRisk.Workflow.Screening;

namespace GraphRisk.Server.Screening;

/// <summary>A listed party somebody may be, as its viewer may see it.</summary>
/// <param name="Listed">The party.</param>
/// <param name="Hit">The hit.</param>
/// <param name="InClear">Texts that quote it may be shown.</param>
internal sealed record ShownHit(NodeHandle Listed, ScreeningHit Hit, bool InClear);

/// <summary>A client with the listed parties it may be.</summary>
/// <param name="Client">The client.</param>
/// <param name="Hits">The parties, the likeliest first.</param>
internal sealed record ShownNews(NodeHandle Client, ImmutableArray<ShownHit> Hits) : IAboutSubject
{
    public string? Subject => Client.Subject;
}

/// <summary>The GraphQL types of screening.</summary>
internal static class ScreeningTypes
{
    /// <summary>All of them.</summary>
    public static IEnumerable<IGraphType> All() =>
    [
        Fields.Enum("ScreenedKind", "What bears a name.",
            ("PERSON", NameKind.Person, "A natural person."),
            ("ORGANISATION", NameKind.Organisation, "A company or another organisation."),
            ("THING", NameKind.Thing, "A thing with a name, as a ship.")),
        Fields.Enum("ScreeningEvidence", "What is held against what.",
            ("PRIOR", ScreeningEvidence.Prior, "Before anything is known: how many of those asked about are listed, and how long the lists are."),
            ("NAME", ScreeningEvidence.Name, "Names."),
            ("DAY", ScreeningEvidence.Day, "Days of birth or establishment."),
            ("COUNTRY", ScreeningEvidence.Country, "Countries."),
            ("IDENTIFIER", ScreeningEvidence.Identifier, "Identifiers."),
            ("PARTY", ScreeningEvidence.Party, "Records of both are judged to be one party."),
            ("RIVAL", ScreeningEvidence.Rival, "Other entries of the same list, of which only one can be the one asked about.")),
        Fields.Enum("NameReason", "Why two names are alike or not.",
            ("NOTHING", NameReason.Nothing, "Nothing is known."),
            ("SAME", NameReason.Same, "The same but for case, signs and width."),
            ("SAME_WORDS", NameReason.SameWords, "The same words otherwise ordered or joined."),
            ("SAME_IN_LATIN", NameReason.SameInLatin, "The same in another alphabet."),
            ("VARIANTS", NameReason.Variants, "Other spellings, languages, short forms or initials."),
            ("SLIPS", NameReason.Slips, "Slips of the pen."),
            ("PART", NameReason.Part, "One says more than the other."),
            ("ACRONYM", NameReason.Acronym, "One is made of the first letters of the other."),
            ("SOUNDS_ALIKE", NameReason.SoundsAlike, "Chinese names that only sound alike or differ in one character."),
            ("OTHER_FORM", NameReason.OtherForm, "Alike but for the legal form."),
            ("OTHER_NUMBER", NameReason.OtherNumber, "Alike but for a number."),
            ("KIN", NameReason.Kin, "Alike but for a place, trade or branch."),
            ("CONTRADICTS", NameReason.Contradicts, "Words of each stand against words of the other.")),
        Fields.Object("ScreeningPoint", "One reason for or against a hit.",
            Fields.Of<(ShownHit Hit, ScreeningPoint Point)>("evidence", "ScreeningEvidence!", FieldAccess.Structure, "What was held against what.", one => one.Point.Kind),
            Fields.Of<(ShownHit Hit, ScreeningPoint Point)>("points", "Float!", FieldAccess.Structure, "Logarithm to base two of how much likelier it is of one bearer than of two.", one => one.Point.Points),
            Fields.Of<(ShownHit Hit, ScreeningPoint Point)>("detail", "String", FieldAccess.Structure, "What was seen; null where the viewer may not read it in the clear.", one => one.Hit.InClear ? one.Point.Detail : null)),
        .. With(Connections.Of("Screening", "Listed parties that somebody may be", "Node", (item, _) => ((ShownHit)item).Listed, HitFields<Edge>(edge => (ShownHit)edge.Item)), SearchedFields<ScreeningPage>(page => page.Searched)),
        Fields.Object("ScreeningHit", "A listed party that a client may be.",
            [Fields.Of<ShownHit>("listed", "Node", FieldAccess.Structure, "The listed party.", hit => hit.Listed), .. HitFields<ShownHit>(hit => hit)]),
        .. With(Connections.Of("ScreeningNews", "Clients that may be listed by what became known since", "Node", (item, _) => ((ShownNews)item).Client,
            [Fields.Of<Edge>("hits", "[ScreeningHit!]!", FieldAccess.Structure, "Listed parties the client may be, the likeliest first, ten at most.", edge => ((ShownNews)edge.Item).Hits)]),
            [
                .. SearchedFields<ScreeningNewsPage>(page => page.Searched),
                Fields.Of<ScreeningNewsPage>("partiesLooked", "Int", FieldAccess.Structure, "Number of parties that were looked at; null to analysts, to whom it would tell how many clients the market has.", page => page.Looked),
                Fields.Of<ScreeningNewsPage>("partiesPassedOver", "Int", FieldAccess.Structure, "Number of parties that were not looked at since they are nobody's clients: allParties looks at them too; null to analysts.", page => page.PassedOver),
            ]),
    ];

    /// <summary>What every answer of lists says of what it searched.</summary>
    private static IEnumerable<FieldType> SearchedFields<TPage>(Func<TPage, Searched> searchedOf) =>
    [
        Fields.Of<TPage>("entriesSearched", "Int!", FieldAccess.Structure, "Entries that were held against the name: of those the viewer may seek whoever they are.", page => searchedOf(page).Entries),
        Fields.Of<TPage>("note", "String", FieldAccess.Structure, "What of the lists was not searched, and why; null where all was and there was something.", page => searchedOf(page).Note),
    ];

    /// <summary>The types of a connection, the connection with further fields.</summary>
    private static IGraphType[] With(IEnumerable<IGraphType> types, IEnumerable<FieldType> fields)
    {
        IGraphType[] made = [.. types];
        foreach (var field in fields) ((ObjectGraphType)made[^1]).AddField(field);
        return made;
    }

    private static IEnumerable<FieldType> HitFields<TSource>(Func<TSource, ShownHit> hitOf) =>
    [
        Fields.Of<TSource>("probability", "Float!", FieldAccess.Structure, "Probability that the two are one, 0 to 1.", source => hitOf(source).Hit.Probability),
        Fields.Of<TSource>("likeness", "Float!", FieldAccess.Structure, "How alike the names are, 0 to 1.", source => hitOf(source).Hit.Likeness.Score),
        Fields.Of<TSource>("reason", "NameReason!", FieldAccess.Structure, "Why.", source => hitOf(source).Hit.Likeness.Reason),
        Fields.Of<TSource>("list", "String!", FieldAccess.Structure, "Lists it stands on.", source => hitOf(source).Hit.Entry.List),
        Fields.Of<TSource>("programme", "String", FieldAccess.Structure, "Programmes under which it stands there.", source => hitOf(source).Hit.Entry.Programme),
        Fields.Of<TSource>("authority", "String", FieldAccess.Structure, "Authorities that keep its entries.", source => hitOf(source).Hit.Entry.Authority),
        Fields.Of<TSource>("reference", "String", FieldAccess.Structure, "Numbers of its entries.", source => hitOf(source).Hit.Entry.Reference),
        Fields.Of<TSource>("points", "[ScreeningPoint!]!", FieldAccess.Structure, "Reasons, adding up to the logarithm of the odds.", source => hitOf(source) is var hit ? hit.Hit.Points.Select(point => (hit, point)) : null),
    ];
}
