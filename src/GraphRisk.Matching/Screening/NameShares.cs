using System.Collections.Frozen;
using GraphRisk.Matching.Names;
using GraphRisk.Matching.Names.Similarity;

namespace GraphRisk.Matching.Screening;

/// <summary>
/// How common a part of a name is among people, before any list is looked at: a list of twenty says nothing of it. Shares stand in
/// <c>Names/Tables/name-shares.txt</c>, which names their sources; a Chinese name in pinyin has the sum of those that are read so, a given
/// name of several languages (<c>given-names.txt</c>) a common one's share, what stands nowhere that of a rare name. All between 0 and 1.
/// </summary>
internal static class NameShares
{
    private const double Bearers = 100_000;

    /// <summary>Shares of what no table has: a surname or given name in letters, a Chinese surname, one character of a Chinese given name, and of a company's own name.</summary>
    private const double RareWord = 10 / Bearers, RareSurname = 10 / Bearers, GivenCharacter = 200 / Bearers, BrandCharacter = 500 / Bearers;

    /// <summary>Shares of a given name known in many languages, and of a syllable of pinyin as a given name.</summary>
    private const double CommonGivenName = 300 / Bearers, Syllable = 250 / Bearers;

    /// <summary>Shares of words of an organisation's name that many have.</summary>
    private const double Trade = 0.02, Place = 0.02, Number = 0.1;

    private static readonly ILookup<string, (string Name, double Share)> Tables = NameTables.Rows("name-shares").Select(row => row.Split(':', StringSplitOptions.TrimEntries))
        .SelectMany(row => row[1].Split(' ').Chunk(2).Select(pair => (Kind: row[0], Name: pair[1], Share: int.Parse(pair[0], System.Globalization.CultureInfo.InvariantCulture) / Bearers)))
        .ToLookup(row => row.Kind, row => (row.Name, row.Share));

    private static readonly FrozenDictionary<string, double> Surnames = Of("han-surname"), GivenNames = Of("han-given"), Words = Folded();

    /// <summary>Share of each of the characters of a Chinese name, told apart; together they make that of the name.</summary>
    public static IEnumerable<(char Character, double Share)> OfCharacters(NameReading name)
    {
        if (name.Chinese?.Brand is { } brand) return brand.Distinct().Select(character => (character, BrandCharacter));
        if (name.Person is not { } person) return [];
        var (surname, given) = (person.Core[..Math.Min(person.SurnameLength, person.Core.Length)], person.Core[Math.Min(person.SurnameLength, person.Core.Length)..]);
        return Each(surname, Surnames.GetValueOrDefault(surname, RareSurname))
            .Concat(Each(given, GivenNames.TryGetValue(given, out var share) ? share : Math.Pow(GivenCharacter, given.Distinct().Count())))
            .DistinctBy(pair => pair.Character);
    }

    /// <summary>Share of a word among those written in letters.</summary>
    /// <param name="word">The word.</param>
    /// <param name="isOfPerson">Whether it is of a person's name, or of an organisation's.</param>
    public static double Of(NameWord word, bool isOfPerson) => word.Role switch
    {
        WordRole.Trade => Trade,
        WordRole.Place => Place,
        WordRole.Number => Number,
        _ when !isOfPerson => RareWord,
        _ => Math.Max(Words.GetValueOrDefault(word.Fold, RareWord), word.GivenNames.IsEmpty ? 0 : CommonGivenName),
    };

    private static IEnumerable<(char Character, double Share)> Each(string text, double share)
    {
        var characters = text.Distinct().ToList();
        return characters.Select(character => (character, Math.Pow(share, 1.0 / characters.Count)));
    }

    private static FrozenDictionary<string, double> Of(string table) => Tables[table].ToFrozenDictionary(row => row.Name, row => row.Share, StringComparer.Ordinal);

    /// <summary>Shares by folded word: the greatest of what it may be, surname or given name, of any language.</summary>
    private static FrozenDictionary<string, double> Folded()
    {
        var shares = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (name, share) in Tables["latin-surname"].Concat(Tables["latin-given"]).Concat(InPinyin("han-surname", 0)).Concat(InPinyin("han-given", 1)))
            shares[Spelling.Fold(name)] = Math.Max(share, shares.GetValueOrDefault(Spelling.Fold(name)));
        return shares.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>What is read alike is as common as all of it; as a given name any syllable stands for more characters than the table has.</summary>
    private static IEnumerable<(string Name, double Share)> InPinyin(string table, int surnameLength) => Tables[table]
        .GroupBy(row => surnameLength == 0 && Pinyin.OfName(row.Name) is [var surname, ..] ? surname.Surname : Pinyin.Read(row.Name), StringComparer.Ordinal)
        .Select(group => (group.Key, group.Sum(row => row.Share) + (surnameLength == 1 ? Syllable : 0)));
}
