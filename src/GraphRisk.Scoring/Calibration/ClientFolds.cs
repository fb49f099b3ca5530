using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace GraphRisk.Scoring.Calibration;

/// <summary>
/// Deals observations into folds by client, never by row: the quarters of one client resemble each other, and a
/// model that saw three of them would seem to foresee the fourth. A client's fold hangs on its key and the seed
/// alone, so adding clients moves nobody.
/// </summary>
public static class ClientFolds
{
    /// <param name="clients">A stable key per row; rows with equal keys share a fold.</param>
    /// <param name="folds">At least 2.</param>
    /// <returns>The fold of each row, in [0, folds).</returns>
    public static int[] Assign(ReadOnlySpan<ulong> clients, int folds, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        var assigned = new int[clients.Length];
        for (var row = 0; row < clients.Length; row++)
            assigned[row] = (int)(XxHash3.HashToUInt64(MemoryMarshal.AsBytes(clients.Slice(row, 1)), seed) % (ulong)folds);
        return assigned;
    }
}
