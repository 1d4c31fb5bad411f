import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.zeromq.ZMQ;

/**
 * A ZeroMQ peer on JeroMQ that does what the lines of its standard input say, and answers each with a line.
 *
 * <p>usage: java -cp jeromq.jar JeromqPeer.java SOCKET-TYPE
 *
 * <p>Frames are hex, joined by commas; an empty frame is nothing between two commas, and a message of one empty frame is "-".
 */
public class JeromqPeer {
    private static final HexFormat HEX = HexFormat.of();

    private final ZMQ.Socket socket;

    private JeromqPeer(ZMQ.Socket socket) {
        this.socket = socket;
    }

    public static void main(String[] arguments) throws Exception {
        ZMQ.Context context = ZMQ.context(1);
        ZMQ.Socket socket = context.socket(ZMQ.class.getField(arguments[0]).getInt(null));
        socket.setLinger(0);
        JeromqPeer peer = new JeromqPeer(socket);
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            System.out.println(peer.run(line));
            System.out.flush();
        }
        socket.setLinger(5000);
        socket.close();
        context.term();
    }

    private String run(String line) {
        String[] words = line.split(" ", 2);
        String rest = words.length == 2 ? words[1] : "";
        switch (words[0]) {
            case "bind":
                return rest.endsWith(":*")
                    ? rest.substring(0, rest.length() - 1) + socket.bindToRandomPort(rest.substring(0, rest.length() - 2))
                    : bind(rest);
            case "connect":
                socket.connect(rest);
                return "ok";
            case "identity":
                socket.setIdentity(HEX.parseHex(rest));
                return "ok";
            case "subscribe":
                return subscribe(decode(rest).get(0));
            case "send":
                return send(decode(rest));
            case "recv":
                return receive(Integer.parseInt(rest));
            case "send-numbers":
                return sendNumbers(Integer.parseInt(rest));
            case "recv-numbers":
                return receiveNumbers(Integer.parseInt(rest));
            default:
                return "unknown verb " + words[0];
        }
    }

    private String bind(String endpoint) {
        socket.bind(endpoint);
        return endpoint;
    }

    private String subscribe(byte[] prefix) {
        if (socket.getType() == ZMQ.SUB) {
            socket.subscribe(prefix);
            return "ok";
        }
        byte[] frame = new byte[1 + prefix.length];
        frame[0] = 1;
        System.arraycopy(prefix, 0, frame, 1, prefix.length);
        return send(List.of(frame));
    }

    private String send(List<byte[]> frames) {
        for (int i = 0; i < frames.size(); i++) {
            if (!socket.send(frames.get(i), i < frames.size() - 1 ? ZMQ.SNDMORE : 0)) {
                return "not sent: " + socket.base().errno();
            }
        }
        return "ok";
    }

    private String receive(int milliseconds) {
        socket.setReceiveTimeOut(milliseconds);
        byte[] frame = socket.recv();
        if (frame == null) {
            return "nothing";
        }
        List<String> frames = new ArrayList<>();
        frames.add(HEX.formatHex(frame));
        while (socket.hasReceiveMore()) {
            frames.add(HEX.formatHex(socket.recv()));
        }
        String message = String.join(",", frames);
        return message.isEmpty() ? "-" : message;
    }

    private String sendNumbers(int count) {
        for (int number = 0; number < count; number++) {
            socket.send(new byte[] {(byte) (number >> 24), (byte) (number >> 16), (byte) (number >> 8), (byte) number});
        }
        return "ok";
    }

    private String receiveNumbers(int count) {
        socket.setReceiveTimeOut(20_000);
        for (int number = 0; number < count; number++) {
            byte[] frame = socket.recv();
            int got = frame == null ? -1 : new java.math.BigInteger(frame).intValue();
            if (got != number) {
                return "expected " + number + ", got " + got;
            }
        }
        return "ok";
    }

    private static List<byte[]> decode(String text) {
        List<byte[]> frames = new ArrayList<>();
        for (String frame : text.equals("-") ? new String[] {""} : text.split(",", -1)) {
            frames.add(HEX.parseHex(frame));
        }
        return frames;
    }
}
