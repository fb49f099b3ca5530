using GraphRisk.Simulation.National;

namespace GraphRisk.Simulation.Casework;

/// <summary>A move of a case as its broker, or the supervisor, delivers it.</summary>
/// <param name="Broker">Whose case it is; null for the supervisor's.</param>
/// <param name="Kind">Kind of the case.</param>
/// <param name="Case">Its number.</param>
/// <param name="Number">Place of the move, from 1.</param>
/// <param name="Move">What was done.</param>
/// <param name="At">When, by the clock of China.</param>
/// <param name="Role">In which part.</param>
/// <param name="Person">By whom; null where nobody is named.</param>
/// <param name="Cells">What else it says, by column.</param>
public sealed record CaseRow(Broker? Broker, string Kind, string Case, int Number, string Move, DateTime At, string Role, string? Person, IReadOnlyDictionary<string, string> Cells);

/// <summary>
/// A case as it goes on: moves follow one another in time, none lies beyond the last day of the history, and after one that would nothing more is done.
/// </summary>
/// <param name="rows">Where moves go.</param>
/// <param name="last">Last day of the history.</param>
/// <param name="broker">Whose case it is; null for the supervisor's.</param>
/// <param name="kind">Kind of the case.</param>
/// <param name="number">Its number.</param>
internal sealed class CaseTrail(List<CaseRow> rows, DateOnly last, Broker? broker, string kind, string number)
{
    private DateTime before = DateTime.MinValue;
    private int moves;

    /// <summary>Its number.</summary>
    public string Number => number;

    /// <summary>Whether the history ended before the case did.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Makes a move on a day, or as soon after the last one as the hour asks for.</summary>
    public CaseTrail Move(string move, DateOnly day, int hour, string role, string? person, params (string Column, string? Value)[] cells)
    {
        if (IsCut || day > last)
        {
            IsCut = true;
            return this;
        }

        var at = day.ToDateTime(new TimeOnly(hour, 0));
        before = at > before ? at : before.AddMinutes(7);
        if (DateOnly.FromDateTime(before) > last) IsCut = true;
        else rows.Add(new CaseRow(broker, kind, number, ++moves, move, before, role, person, cells.Where(cell => cell.Value is not null).ToDictionary(cell => cell.Column, cell => cell.Value!)));
        return this;
    }
}
