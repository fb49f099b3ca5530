namespace GraphRisk.Scoring.Features.Books;

/// <summary>Trouble that reaches a party along one kind of tie.</summary>
/// <param name="Ties">Number of ties.</param>
/// <param name="Defaults">Sum of the others' heat, whatever arrives of it.</param>
/// <param name="Alarm">Sum of the others' stress, whatever arrives of it.</param>
/// <param name="Heat">Sum of weight x heat of the others: defaults lately, by how much of them arrives.</param>
/// <param name="Stress">Sum of weight x stress of the others.</param>
/// <param name="Next">The same heat one tie further: what may reach the others next and through them this party.</param>
internal readonly record struct Pressure(int Ties, double Defaults, double Alarm, double Heat, double Stress, double Next)
{
    /// <param name="channel">Only ties of this channel count for the first step; all for the second.</param>
    public static Pressure On(int party, Channel channel, ContagionLinks links, StressBook book)
    {
        var ties = 0;
        double defaults = 0, alarm = 0, heat = 0, stress = 0, next = 0;
        foreach (var link in links.Of(party))
        {
            if (link.Channel != channel)
                continue;
            ties++;
            defaults += book.Heat[link.From];
            alarm += book.Stress[link.From];
            heat += link.Weight * book.Heat[link.From];
            stress += link.Weight * book.Stress[link.From];
            foreach (var further in links.Of(link.From))
            {
                if (further.From != party) // a party's own trouble is no contagion
                    next += link.Weight * further.Weight * book.Heat[further.From];
            }
        }
        return new Pressure(ties, defaults, alarm, heat, stress, next);
    }
}
