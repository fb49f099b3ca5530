using System.Globalization;
using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.People;

/// <summary>What one office wrote down of a person: what it was told, with its own slips and gaps.</summary>
internal static class WrittenRecord
{
    /// <summary>Headings of the columns.</summary>
    public const string Header = "record_id,given_name,surname,birth_date,address,town,postcode,phone,email,person_id";

    private static readonly (string Long, string Short)[] Abbreviations =
        [("street", "st"), ("road", "rd"), ("avenue", "ave"), ("lane", "ln"), ("drive", "dr"), ("court", "ct"), ("place", "pl"), ("crescent", "cres")];

    /// <summary>The cells of one record, empty where nothing was written, without its number and its person's.</summary>
    public static string Of(Resident person, Draws draws)
    {
        var home = person.FormerHome is { } former && draws.Chance(0.4) ? former : person.Home;
        var surname = person.BirthName != person.Surname && draws.Chance(0.25) ? person.BirthName : person.Surname;
        var phone = person.Mobile is { } mobile && draws.Chance(0.85) ? mobile : home.Phone;
        return string.Join(
            ',',
            Missing(draws, 0.02) ?? Given(person.Given, draws),
            Missing(draws, 0.01) ?? Slip(surname, draws, 0.05),
            Missing(draws, 0.08) ?? Birth(person.Birth, draws),
            Missing(draws, 0.06) ?? Address(home, draws),
            Missing(draws, 0.05) ?? Slip(home.Town, draws, 0.03),
            Missing(draws, 0.08) ?? Slip(home.Postcode, draws, 0.02, digits: true),
            Missing(draws, 0.25) ?? Phone(phone, draws),
            person.Email is null ? "" : Missing(draws, 0.3) ?? Slip(person.Email, draws, 0.03));
    }

    private static string? Missing(Draws draws, double probability) => draws.Chance(probability) ? "" : null;

    private static string Given(GivenName given, Draws draws)
    {
        if (draws.Chance(0.025)) return given.Name[..1];
        return Slip(given.Short.Length > 0 && draws.Chance(0.12) ? draws.Pick(given.Short) : given.Name, draws, 0.05);
    }

    private static string Birth(DateOnly birth, Draws draws)
    {
        if (draws.Chance(0.01)) return $"{birth.Year:0000}-01-01";
        if (draws.Chance(0.015) && birth.Day <= 12) birth = new DateOnly(birth.Year, birth.Day, birth.Month);
        else if (draws.Chance(0.012)) birth = birth.AddYears(draws.Chance(0.5) ? 1 : -1);
        else if (draws.Chance(0.012)) birth = birth.AddDays(draws.Chance(0.5) ? 1 : 10);
        return birth.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private static string Address(Home home, Draws draws)
    {
        var kind = home.StreetKind;
        if (draws.Chance(0.3))
            foreach (var (full, brief) in Abbreviations)
                if (full == kind) kind = brief;
        var number = draws.Chance(0.02) ? home.Number + draws.Between(1, 9) : home.Number;
        return $"{number} {Slip(home.Street, draws, 0.05)} {kind}";
    }

    private static string Phone(string phone, Draws draws)
    {
        var written = Slip(phone, draws, 0.02, digits: true);
        return draws.Chance(0.2) ? $"{written[..3]} {written[3..]}" : written;
    }

    /// <summary>With a probability one letter or digit left out, doubled, changed, or in its neighbour's place.</summary>
    private static string Slip(string text, Draws draws, double probability, bool digits = false)
    {
        if (!draws.Chance(probability) || text.Length < 3) return text;
        var at = draws.Below(text.Length - 1);
        var other = digits ? (char)('0' + draws.Below(10)) : (char)('a' + draws.Below(26));
        return draws.Below(4) switch
        {
            0 => text.Remove(at, 1),
            1 => text.Insert(at, other.ToString()),
            2 => $"{text[..at]}{text[at + 1]}{text[at]}{text[(at + 2)..]}",
            _ => $"{text[..at]}{other}{text[(at + 1)..]}",
        };
    }
}
