using System.Globalization;
using GraphRisk.Simulation.Casework;
using GraphRisk.Simulation.National;

namespace GraphRisk.Simulation.Publishing;

/// <summary>What people decided, one move a row: a file a broker and one of the supervisor's, in the layout in which the platform takes histories in.</summary>
public sealed class CaseFiles : IDisposable
{
    private static readonly string[] Columns =
    [
        "kind", "case", "no", "move", "at", "role", "broker", "person", "client", "subject", "offers", "product", "amount", "termInDays", "shareOfBroker", "isAffiliateOfBroker", "purpose", "annualRate",
        "reason", "document", "dueOn", "happenedOn", "assignee", "about", "text", "disputedField", "rightValue", "cause", "origin", "defaultedOn", "interest", "defaultCause", "security", "quantity",
        "calledOn", "ratio", "callLine", "restoreTo", "consequence",
    ];

    private readonly CsvFile[] brokers;
    private readonly CsvFile supervisor;

    /// <summary>Opens the files.</summary>
    public CaseFiles(string folder, NationalLayer nation)
    {
        brokers = [.. nation.Brokers.Select(broker => new CsvFile(Path.Combine(folder, broker.Code + ".csv"), Columns))];
        supervisor = new CsvFile(Path.Combine(folder, "supervisor.csv"), Columns);
    }

    /// <summary>Rows written so far.</summary>
    public long Rows => brokers.Sum(file => file.Rows) + supervisor.Rows;

    /// <summary>Writes a move.</summary>
    public void Write(CaseRow row)
    {
        var file = row.Broker is { } broker ? brokers[broker.Index] : supervisor;
        string?[] leading = [row.Kind, row.Case, row.Number.ToString(CultureInfo.InvariantCulture), row.Move, row.At.ToString("yyyy-MM-dd'T'HH:mm:ss'+08:00'", CultureInfo.InvariantCulture), row.Role, row.Broker?.Code, row.Person];
        foreach (var cell in leading) file.Text(cell);
        foreach (var column in Columns.Skip(leading.Length)) file.Text(row.Cells.GetValueOrDefault(column));
        file.End();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var file in brokers) file.Dispose();
        supervisor.Dispose();
    }
}
