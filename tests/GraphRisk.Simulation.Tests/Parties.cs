using GraphRisk.Simulation.Community;
using GraphRisk.Simulation.Names;
using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.Tests;

/// <summary>Parties for small communities drawn by hand.</summary>
internal static class Parties
{
    public static Company Company(int serial)
    {
        var place = NameTables.Places.Items[0];
        var name = CompanyName.Draw(new Draws(0, DrawStream.Identities, serial), place, LegalForm.Limited);
        return new Company(serial, name, CreditCode.OfSerial(serial, place))
        {
            IsClient = true,
            Place = place,
            Address = "",
            Phone = "",
            Means = 1_000_000,
            Frailty = 0,
            Industry = "商贸",
            RegisteredCapital = 1_000_000,
            Established = new DateOnly(2010, 1, 1),
        };
    }
}
