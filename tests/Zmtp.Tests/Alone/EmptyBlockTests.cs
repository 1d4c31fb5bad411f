using Actors.Zmtp.Pipes;

namespace Actors.Zmtp.Tests.Alone;

/// <summary>When the pool may make no more large blocks, small ones are left empty by frames that they have no room for.</summary>
[Collection(AloneCollection.Name)]
public class EmptyBlockTests
{
    [Fact]
    public void A_block_that_was_left_without_a_frame_is_passed_over()
    {
        List<Block> held = [];
        try
        {
            Block block;
            do
            {
                block = BlockPool.Rent(FrameHeader.MaxLength);
                held.Add(block);
            }
            while (block.Data.Length != BlockPool.SmallBlock);

            PipeState state = new(0, 0);
            PipeWriter writer = new(state);
            PipeReader reader = new(state);
            foreach (int size in (int[])[20_000, 10_000, 1])
            {
                writer.Write(new byte[size], more: false);
                writer.Commit();
            }

            foreach (int size in (int[])[20_000, 10_000, 1])
            {
                Msg msg = default;
                Assert.True(reader.TryRead(ref msg));
                Assert.Equal(size, msg.Size);
                Assert.False(msg.HasMore);
                msg.Close();
            }
        }
        finally
        {
            held.ForEach(block => block.Release(Block.PipeHold));
        }
    }
}
