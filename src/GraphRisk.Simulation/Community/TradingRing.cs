using GraphRisk.Simulation.Names;

namespace GraphRisk.Simulation.Community;

/// <summary>
/// A circle of traders behind one leader: they buy the same crowded securities on margin, log in from the leader's
/// device, some of them are nominees at the leader's address, and they guarantee one another.
/// </summary>
public static class TradingRing
{
    public static void Add(CommunityBuilder builder)
    {
        var draws = builder.Shape;
        var place = NameTables.Places.Pick(builder.Identity);
        var favourites = Enumerable.Range(0, draws.Between(1, 2)).Select(_ => builder.Nation.OnMargin.Pick(builder.Identity).Index).Distinct().ToArray();
        var members = new List<Person>();
        var size = draws.Between(4, 9);
        for (var i = 0; i < size; i++)
        {
            var member = builder.AddPerson(true, place: draws.Chance(0.7) ? place : null);
            member.Borrows = draws.Chance(0.85);
            member.Favourites = favourites;
            if (i > 0 && draws.Chance(0.25)) member.Address = members[0].Address;
            members.Add(member);
        }

        foreach (var member in members.Skip(1))
        {
            if (draws.Chance(0.7)) GuaranteeCircle.Add(builder, members[0], member);
            if (draws.Chance(0.5)) GuaranteeCircle.Add(builder, member, members[0]);
        }

        if (draws.Chance(0.75))
            builder.Community.Devices.Add(new SharedDevice(builder.NewDevice(), [.. members.Where(m => m.IsClient && draws.Chance(0.7))]));
    }
}
