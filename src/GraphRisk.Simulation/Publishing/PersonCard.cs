using GraphRisk.Simulation.Community;
using GraphRisk.Simulation.Names;
using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.Publishing;

/// <summary>
/// How a broker writes a person down: Chinese as a rule, else traditional, pinyin, a slip of the pen or an earlier name;
/// the number whole, short, missing, expired, or with a failing check character.
/// </summary>
public static class PersonCard
{
    private enum Writing
    {
        Exact,
        Traditional,
        Latin,
        LatinGivenFirst,
        Slip,
        Former,
    }

    private static readonly WeightedTable<Writing> FirstRecord = new([
        (Writing.Exact, 90), (Writing.Traditional, 3), (Writing.Latin, 2), (Writing.LatinGivenFirst, 0.5), (Writing.Slip, 2.5), (Writing.Former, 2)]);

    private static readonly WeightedTable<Writing> LaterRecord = new([
        (Writing.Exact, 72), (Writing.Traditional, 8), (Writing.Latin, 7), (Writing.LatinGivenFirst, 2), (Writing.Slip, 7), (Writing.Former, 4)]);

    private enum Number
    {
        Whole,
        Short,
        FailingCheck,
        Passport,
        Missing,
    }

    private static readonly WeightedTable<Number> Numbers = new([
        (Number.Whole, 90), (Number.Short, 3), (Number.FailingCheck, 1), (Number.Passport, 1.5), (Number.Missing, 4.5)]);

    public static ClientCard Draw(Draws draws, Person person, bool later, DateOnly openedOn)
    {
        var writing = (later ? LaterRecord : FirstRecord).Pick(draws);
        var number = Numbers.Pick(draws);
        // Numbers of 15 digits stopped being issued in 1999; only the older have one on file.
        if (number == Number.Short && person.Id.Birth.Year > 1980) number = Number.Whole;
        return new ClientCard(
            Write(draws, person, writing),
            person.FormerName is { } former && writing != Writing.Former && draws.Chance(0.3) ? former.Simplified : null,
            "PERSON",
            number switch { Number.Missing => null, Number.Passport => "PASSPORT", _ => "RESIDENT_ID" },
            IdNumber(draws, person, number),
            draws.Chance(0.6) ? openedOn.AddYears(draws.Between(-1, 18)).AddDays(draws.Below(365)) : null,
            draws.Chance(0.90) ? person.Id.Birth : null,
            draws.Chance(0.92) ? (person.Id.Sex == Sex.Male ? "M" : "F") : null,
            draws.Chance(0.88) ? person.Phone : draws.Chance(0.5) ? Contact.Phone((long)(draws.Next() % 900_000_000)) : null,
            draws.Chance(0.93) ? person.Address : null);
    }

    private static string Write(Draws draws, Person person, Writing writing) => writing switch
    {
        Writing.Traditional => person.Name.Traditional,
        Writing.Latin => draws.Chance(0.3) ? person.Name.Latin.ToUpperInvariant() : person.Name.Latin,
        Writing.LatinGivenFirst => person.Name.LatinGivenFirst,
        Writing.Slip => Slip(draws, person),
        Writing.Former when person.FormerName is { } former => former.Simplified,
        _ => person.Name.Simplified,
    };

    /// <summary>One character of the given name mistaken for another of the same table, or left out.</summary>
    private static string Slip(Draws draws, Person person)
    {
        var name = person.Name;
        if (name.Second is not null && draws.Chance(0.3)) return (name with { Second = null }).Simplified;
        var table = person.Id.Sex == Sex.Male ? NameTables.GivenMale : NameTables.GivenFemale;
        return (name.Second is null ? name with { First = table.Pick(draws) } : name with { Second = table.Pick(draws) }).Simplified;
    }

    private static string? IdNumber(Draws draws, Person person, Number number) => number switch
    {
        Number.Whole => person.Id.Number,
        Number.Short => person.Id.ShortNumber,
        Number.FailingCheck => WithOtherCheck(draws, person.Id.Number),
        Number.Passport => "E" + draws.Between(10_000_000, 99_999_999).ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => null,
    };

    internal static string WithOtherCheck(Draws draws, string number)
    {
        const string Digits = "0123456789";
        char other;
        do other = draws.Pick(Digits.ToCharArray());
        while (other == number[^1]);
        return number[..^1] + other;
    }
}
