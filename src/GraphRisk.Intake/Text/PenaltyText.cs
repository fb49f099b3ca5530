using System.Text.RegularExpressions;
using GraphRisk.Matching.Names;

namespace GraphRisk.Intake.Text;

/// <summary>A party of a penalty matter.</summary>
/// <param name="Party">Name, shape and place; the role is 当事人 or 被处罚人.</param>
/// <param name="Alias">Short name the text gives it (以下简称); null where none.</param>
/// <param name="Sex">男 or 女; null where not said.</param>
/// <param name="Office">Office held at the time, such as 法定代表人; null where not said.</param>
/// <param name="OfficeAt">Company of the office, by its full name where the alias is known; null where not said.</param>
/// <param name="Address">Address; null where not said.</param>
public sealed record PenaltyParty(TextParty Party, string? Alias, string? Sex, string? Office, string? OfficeAt, string? Address);

/// <summary>A decision clause.</summary>
/// <param name="Name">Party.</param>
/// <param name="Fine">Fine; null where none is stated.</param>
/// <param name="Confiscated">Gain confiscated; null where none is stated.</param>
/// <param name="Warned">A warning is given.</param>
public sealed record PenaltyClause(string Name, MoneyAmount? Fine, MoneyAmount? Confiscated, bool Warned);

/// <summary>
/// The structure of a penalty text of the securities regulator: 当事人 with what is said of each up to the next sentence,
/// or the line that addresses it, and the clauses of the decision (一、对X给予警告，并处以N万元罚款). Masked names are nobody's.
/// </summary>
public sealed partial record PenaltyText(IReadOnlyList<PenaltyParty> Parties, IReadOnlyList<PenaltyClause> Clauses)
{
    public static PenaltyText Read(string text)
    {
        var plain = PlainShape.Of(text);
        var parties = ReadParties(text, plain);
        if (parties.Count == 0)
            parties = [.. Addressees.Read(text, "当事人").Select(party => new PenaltyParty(party, null, null, null, null, null))];
        var clauses = Clause().Matches(plain).Select(match => ReadClause(text, match)).ToList();
        return new PenaltyText([.. parties.Where(party => !MaskedName.Is(party.Party.Name)).DistinctBy(party => party.Party.Name)], clauses);
    }

    /// <summary>Sentences behind 当事人: each begins with a name, followed by a comma or by its short name in brackets.</summary>
    private static List<PenaltyParty> ReadParties(string text, string plain)
    {
        var parties = new List<PenaltyParty>();
        var at = plain.StartsWith("当事人：", StringComparison.Ordinal) || plain.StartsWith("当事人:", StringComparison.Ordinal) ? 4 : plain.Length;
        while (at < plain.Length && Sentence().Match(plain, at) is { Success: true } match && match.Index == at)
        {
            var name = text.Substring(match.Groups["name"].Index, match.Groups["name"].Length);
            if (PartyName.ShapeOf(name) is not (var shape and not NameShape.None)) break;
            var party = new TextParty(name, shape, "当事人", match.Groups["name"].Index, match.Groups["name"].Index + name.Length);
            parties.Add(Describe(party, match, plain, parties));
            at = match.Index + match.Length;
        }

        return parties;
    }

    private static PenaltyParty Describe(TextParty party, Match match, string plain, List<PenaltyParty> before)
    {
        var rest = plain.Substring(match.Groups["rest"].Index, match.Groups["rest"].Length);
        var alias = match.Groups["alias"].Success ? match.Groups["alias"].Value : null;
        var sex = Sex().Match(rest) is { Success: true } found ? found.Value.TrimStart(',') : null;
        var address = Address().Match(rest) is { Success: true } place ? place.Groups["text"].Value : null;
        string? office = null, at = null;
        if (Office().Match(rest) is { Success: true } held)
        {
            var words = held.Groups["text"].Value;
            var company = before.Find(other => other.Party.Shape == NameShape.Company
                && (words.StartsWith(other.Party.Name, StringComparison.Ordinal) || (other.Alias is not null && words.StartsWith(other.Alias, StringComparison.Ordinal))));
            at = company?.Party.Name;
            office = company is null ? words : words[(words.StartsWith(company.Party.Name, StringComparison.Ordinal) ? company.Party.Name : company.Alias!).Length..];
        }

        return new PenaltyParty(party, alias, sex, office, at, address);
    }

    private static PenaltyClause ReadClause(string text, Match match)
    {
        var clause = text.Substring(match.Index, match.Length);
        var words = PlainShape.Of(clause);
        MoneyAmount? fine = null, confiscated = null;
        foreach (var amount in MoneyAmount.FindAll(clause))
        {
            var placed = amount with { Start = amount.Start + match.Index, End = amount.End + match.Index };
            if (words[amount.End..].StartsWith("罚款", StringComparison.Ordinal) || words[amount.End..].StartsWith("的罚款", StringComparison.Ordinal)) fine = placed;
            else if (words[..amount.Start].Contains("没收", StringComparison.Ordinal) && fine is null) confiscated ??= placed;
        }

        var name = text.Substring(match.Groups["name"].Index, match.Groups["name"].Length);
        return new PenaltyClause(name, fine, confiscated, words.Contains("警告", StringComparison.Ordinal));
    }

    [GeneratedRegex(
        @"(?<name>[\u3400-\u9fffA-Za-z0-9·]{2,60}?(?:（(?:有限合伙|普通合伙|特殊普通合伙)）)?)(?:（(?:以下简称|下称)[“""]?(?<alias>[^”""）]{1,20})[”""]?）)?,(?<rest>[^。]*)。",
        RegexOptions.CultureInvariant)]
    private static partial Regex Sentence();

    [GeneratedRegex("(?:^|,)[男女](?=,)", RegexOptions.CultureInvariant)]
    private static partial Regex Sex();

    [GeneratedRegex("(?:住所|住址|地址)[：:](?<text>[^,。]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    [GeneratedRegex("(?:时任|现任)(?<text>[^,。]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Office();

    [GeneratedRegex("(?:[一二三四五六七八九十]{1,3}、|决定[：:])对(?<name>[^,。；;、]{2,60}?)(?:给予|处以|采取|责令|没收)[^；;。]*", RegexOptions.CultureInvariant)]
    private static partial Regex Clause();
}
