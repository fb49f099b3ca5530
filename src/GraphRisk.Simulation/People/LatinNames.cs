using System.Globalization;
using GraphRisk.Simulation.Names;
using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.People;

/// <summary>A given name and the short forms people use in its place.</summary>
internal sealed record GivenName(string Name, string[] Short);

/// <summary>
/// Names in Latin letters as a population has them: some hundred common names make up most of it, and a tail of rare ones, spelled
/// from syllables with weights that fall as one over the rank (Zipf), the rest.
/// </summary>
internal static class LatinNames
{
    private const int RareSurnames = 60_000;
    private const int RareGivenNames = 3_000;
    private const int RareStreets = 4_000;
    private static readonly string[] Onsets = ["b", "br", "c", "cl", "d", "f", "g", "gr", "h", "k", "l", "m", "n", "p", "r", "s", "st", "t", "v", "w", "th", "sh", "j", "z"];
    private static readonly string[] Nuclei = ["a", "e", "i", "o", "u", "ai", "ea", "ie", "ou", "y"];
    private static readonly string[] Codas = ["", "", "n", "r", "l", "s", "t", "ck", "nd", "rt", "m", "ld"];
    private static readonly string[] Endings = ["son", "er", "ey", "ton", "man", "ley", "well", "ski", "ez", "ini", "ham", "sen", "ford", "by", "ard", "ic"];

    public static WeightedTable<string> Surnames { get; } =
        new(NameTables.Rows("latin-surnames").Select(c => (c[0], Weight(c))).Concat(Tail(RareSurnames, 1.2, 3, i => Spell(i, 1 + (i % 2)) + Endings[i % Endings.Length])));

    public static WeightedTable<GivenName> Male { get; } = Given("latin-given-male", 5);

    public static WeightedTable<GivenName> Female { get; } = Given("latin-given-female", 7);

    public static WeightedTable<string> Streets { get; } =
        new(NameTables.Rows("latin-surnames").Select(c => (c[0], 1.0)).Concat(Tail(RareStreets, 0.05, 11, i => Spell(i, 2))));

    /// <summary>Name of the town with a number.</summary>
    public static string Town(int number) => Spell(number + 17, 2) + Endings[number % Endings.Length];

    private static WeightedTable<GivenName> Given(string table, int salt) => new(NameTables.Rows(table)
        .Select(c => (new GivenName(c[0], c[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)), Weight(c)))
        .Concat(Tail(RareGivenNames, 0.08, salt, i => Spell((i * 13) + salt, 2) + "aeiny"[i % 5]).Select(row => (new GivenName(row.Item1, []), row.Item2))));

    private static double Weight(string[] cells) => double.Parse(cells[^1], CultureInfo.InvariantCulture);

    private static IEnumerable<(string Name, double Weight)> Tail(int count, double first, int salt, Func<int, string> name)
    {
        for (var i = 0; i < count; i++) yield return (name((i * 7) + salt), first * 100 / (100 + i));
    }

    private static string Spell(int number, int syllables)
    {
        var draws = new Draws(0, DrawStream.PeopleNames, number);
        return string.Concat(Enumerable.Range(0, syllables).Select(_ => draws.Pick(Onsets) + draws.Pick(Nuclei) + draws.Pick(Codas)));
    }
}
