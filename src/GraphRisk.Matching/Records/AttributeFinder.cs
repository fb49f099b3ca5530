using System.Collections.Frozen;
using GraphRisk.Matching.Identifiers;
using GraphRisk.Matching.Names;
using GraphRisk.Matching.Values;

namespace GraphRisk.Matching.Records;

/// <summary>
/// Finds what the columns of a table say where nobody has said it. A heading is believed where the values do not contradict it; where it says
/// nothing, or what the values are not, the values decide: check digits of known schemes first, then shapes that few things have
/// (mailbox, web site, date, telephone), then how many different values there are. A column that counts or names the records is
/// no evidence, nor one that says the same of all, or of hardly any.
/// </summary>
internal static class AttributeFinder
{
    private const double LeastValid = 0.6;
    private const double LeastFilled = 0.01;
    private const int FewValues = 60;
    private const double Most = 0.5;
    private const double Partly = 0.35;
    private const double FewOften = 0.03;

    /// <summary>Why a column of words without a heading that says so is taken for names; not so beside a column whose heading does.</summary>
    public const string LikeNames = "words as of names";

    /// <summary>Schemes whose check digits tell them from other numbers.</summary>
    private static readonly (string Scheme, Func<string, IdentifierReading> Read)[] Checked =
    [
        (UnifiedSocialCreditCode.Scheme, UnifiedSocialCreditCode.Read),
        (ResidentIdentity.Scheme, ResidentIdentity.Read),
        (LegalEntityIdentifier.Scheme, LegalEntityIdentifier.Read),
        (OrganizationCode.Scheme, OrganizationCode.Read),
    ];

    /// <summary>Words in names of what is no person.</summary>
    private static readonly FrozenSet<string> Institutions = (
        "school center centre church academy college university hospital association society foundation institute institution bank group services service club hotel restaurant "
        + "cafe store shop clinic company trust fund agency department ministry council league museum library studio market kindergarten").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What values must be for a heading to be believed: a test, and how many must pass it.</summary>
    private static readonly Dictionary<AttributeKind, (Func<string, bool> Holds, double Share)> Fits = new()
    {
        [AttributeKind.Email] = (ValueShapes.IsEmail, Most),
        [AttributeKind.Website] = (text => text.Contains('.', StringComparison.Ordinal) && !text.Contains('@', StringComparison.Ordinal), Most),
        [AttributeKind.Phone] = (ValueShapes.IsPhone, Most),
        [AttributeKind.BirthDate] = (ValueShapes.IsDate, Most),
        [AttributeKind.Date] = (ValueShapes.IsDate, Most),
        [AttributeKind.Postcode] = (text => text.Length <= 12 && text.Any(char.IsDigit), Most),
        [AttributeKind.HouseNumber] = (text => text.Length <= 12 && text.Any(char.IsDigit), Most),
        [AttributeKind.Identifier] = (text => text.Length is >= 3 and <= 60 && text.Any(char.IsDigit), Most),
        [AttributeKind.GivenName] = (IsName, Most),
        [AttributeKind.Surname] = (IsName, Most),
        [AttributeKind.PersonName] = (IsName, Most),
        [AttributeKind.OrganisationName] = (text => text.Any(char.IsLetter), Most),
        [AttributeKind.Name] = (text => text.Any(char.IsLetter), Most),
        [AttributeKind.Street] = (text => text.Any(char.IsLetter), Most),
        [AttributeKind.Address] = (text => text.Any(char.IsLetter), Most),
        [AttributeKind.City] = (text => text.Any(char.IsLetter) && text.Length <= 60, Most),
        [AttributeKind.Region] = (text => text.Any(char.IsLetter) && text.Length <= 60, Most),
        [AttributeKind.Number] = (ValueShapes.IsNumber, Most),
    };

    /// <summary>Kinds of which a few values are worth something, since they hardly ever agree by chance.</summary>
    private static readonly AttributeKind[] Telling = [AttributeKind.Identifier, AttributeKind.Email, AttributeKind.Phone];

    /// <summary>What one column is.</summary>
    public static ColumnFinding Find(RawColumn column, RawTable table, ColumnProfile profile)
    {
        ColumnFinding Found(ColumnRole role, AttributeKind? kind, string reason, string? scheme = null) =>
            new(column.Name, role, kind, reason, profile.Filled, profile.Distinct) { Scheme = scheme };
        if (profile.Filled == 0) return Found(ColumnRole.Ignored, null, "empty");
        if (column == table.SourceColumn) return Found(ColumnRole.Source, null, "its heading says where records come from");
        if (IsRecordKey(column, table, profile)) return Found(ColumnRole.Key, null, profile.IsSequential ? "it counts the records" : "unique in every record");
        if (table.Beside.Contains(column.Name)) return Found(ColumnRole.Ignored, null, "stands beside the features, kept for the sender");
        if (profile.Distinct == 1 && profile.Filled > 1) return Found(ColumnRole.Ignored, null, "the same in all records that have it");
        var scheme = SchemeOf(profile);
        var (kind, reason) = scheme is not null ? (AttributeKind.Identifier, $"check digits of {scheme}") : KindOf(column.Name, profile);
        if (profile.Filled < 2 || profile.Filled < LeastFilled * table.Count && !Telling.Contains(kind)) return Found(ColumnRole.Ignored, null, "hardly any record has it");
        if (kind == AttributeKind.Date && Headings.IsAdministrative(column.Name)) return Found(ColumnRole.Ignored, null, "a date of administration, not of whom the record is about");
        return Found(ColumnRole.Evidence, kind, reason, scheme);
    }

    private static bool IsRecordKey(RawColumn column, RawTable table, ColumnProfile profile)
    {
        if (column.IsMany || profile.Filled < table.Count || table.Count < 2) return false;
        if (profile.IsSequential || Headings.IsKey(column.Name) && (profile.IsUnique || IsUniqueBySource(column, table))) return true;
        return profile.IsUnique && Headings.KindOf(column.Name) is null or AttributeKind.Identifier && profile.Share(IsPlainCode) > 0.9;
    }

    private static bool IsUniqueBySource(RawColumn column, RawTable table)
    {
        var seen = new HashSet<long>(table.Count);
        for (var record = 0; record < table.Count; record++)
            if (!seen.Add(((long)table.SourceOf[record] << 32) | (uint)column.Of(record)[0])) return false;
        return true;
    }

    /// <summary>A code that is no mailbox, date, telephone or measure.</summary>
    private static bool IsPlainCode(string text) => ValueShapes.IsCode(text) && !ValueShapes.IsEmail(text) && !ValueShapes.IsWrittenPhone(text)
        && (!ValueShapes.IsDate(text) || ValueShapes.IsDigits(text) && text.Length != 8) && (!text.Contains('.', StringComparison.Ordinal) || !ValueShapes.IsNumber(text));

    private static string? SchemeOf(ColumnProfile profile)
    {
        foreach (var (scheme, read) in Checked)
            if (profile.Sample.Length > 0 && profile.Share(text => read(text).Validity == IdentifierValidity.Valid) >= LeastValid) return scheme;
        return null;
    }

    private static (AttributeKind Kind, string Reason) KindOf(string heading, ColumnProfile profile)
    {
        if (Headings.KindOf(heading) is not { } said) return ByValues(profile) is var (seen, why) ? (Narrowed(seen, profile), why) : default;
        var isFit = Fits.TryGetValue(said, out var test) ? profile.Share(test.Holds) >= test.Share : said != AttributeKind.Category || profile.Distinct * 2 <= profile.Filled;
        if (isFit) return (Narrowed(said, profile), "by its heading");
        var (kind, reason) = ByValues(profile);
        return (Narrowed(kind, profile), $"{reason}; its heading says otherwise");
    }

    /// <summary>A name of either is a person's or an organisation's where its values say so; few values are a category, or types of party.</summary>
    private static AttributeKind Narrowed(AttributeKind kind, ColumnProfile profile) =>
        kind == AttributeKind.Category && profile.Share(text => CodedText.RecordType(text) is "person" or "organisation") >= 0.9 ? AttributeKind.RecordType
        : kind is AttributeKind.Name or AttributeKind.Text && profile.Distinct <= FewValues && profile.Distinct < FewOften * profile.Filled ? AttributeKind.Category
        : kind == AttributeKind.Name && profile.Share(IsInstitution) >= Partly ? AttributeKind.OrganisationName
        : kind == AttributeKind.Name && profile.Share(IsHanPerson) >= Most ? AttributeKind.PersonName
        : kind;

    private static (AttributeKind Kind, string Reason) ByValues(ColumnProfile profile)
    {
        var isVaried = profile.Distinct > FewValues;
        var different = (double)profile.Distinct / Math.Max(1, profile.Filled);
        (AttributeKind Kind, Func<string, bool> Holds, double Share, bool IsAsked, string Reason)[] rules =
        [
            (AttributeKind.Email, ValueShapes.IsEmail, Most, true, "mailboxes"),
            (AttributeKind.Website, ValueShapes.IsWebsite, Most, true, "web sites"),
            (AttributeKind.Date, text => text.Length >= 8 && ValueShapes.IsDate(text), 0.8, true, "dates"),
            (AttributeKind.Phone, ValueShapes.IsWrittenPhone, 0.7, isVaried, "telephone numbers"),
            (AttributeKind.PersonName, IsHanPerson, 0.7, isVaried, "names of persons"),
            (AttributeKind.OrganisationName, IsOrganisation, 0.5, true, "legal forms"),
            (AttributeKind.Address, ValueShapes.IsAddress, 0.6, isVaried, "addresses"),
            (AttributeKind.Identifier, ValueShapes.IsCode, 0.9, isVaried && different > 0.2 && profile.Sample.Length > 0 && profile.Sample.Average(text => text.Length) >= 5, "codes that hardly ever recur"),
            (AttributeKind.Number, ValueShapes.IsNumber, 0.8, isVaried, "numbers"),
            (AttributeKind.Category, _ => true, 0, different < Most && (!isVaried || different < 0.02 && profile.Distinct < 1000), "few values"),
            (AttributeKind.Name, IsName, 0.8, different > 0.2 || profile.Distinct > 500, LikeNames),
        ];
        foreach (var rule in rules)
            if (rule.IsAsked && profile.Share(rule.Holds) >= rule.Share) return (rule.Kind, rule.Reason);
        return (AttributeKind.Text, "text");
    }

    private static bool IsName(string text) => text.Any(char.IsLetter) && text.Count(char.IsDigit) * 5 <= text.Length && ValueShapes.WordCount(text) <= 8;

    private static bool IsOrganisation(string text) => HanScript.ContainsHan(text)
        ? LegalForms.CutChinese(HanScript.Simplify(NameText.LettersOf(text))).Code is not null
        : LatinText.Words(text) is { Length: > 1 } words && LegalForms.CutLatin(words).Code is not null;

    private static bool IsInstitution(string text) => IsOrganisation(text) || Array.Exists(LatinText.Words(text), Institutions.Contains);

    private static bool IsHanPerson(string text) => text.Length is >= 2 and <= 4 && text.All(HanScript.IsHan);
}
