namespace GraphRisk.Cli;

/// <summary>Something the user of the command line can mend; the message says what and how.</summary>
internal sealed class UserErrorException(string message) : Exception(message);
